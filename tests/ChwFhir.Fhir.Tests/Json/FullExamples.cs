using System.Collections;
using System.Reflection;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Tests.Json;

/// <summary>Resources with every member set, made by reflection, so that no member is left out of a test; each alternative of each choice in turn.</summary>
internal static class FullExamples
{
    private const int Deep = 4;

    public static IEnumerable<Type> Types => typeof(Resource).Assembly.GetTypes()
        .Where(type => type is { IsPublic: true, IsAbstract: false } && type.IsSubclassOf(typeof(Resource)) && type != typeof(UnmodelledResource))
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>Enough examples that every alternative of a choice has its turn, however many there are.</summary>
    public static IEnumerable<Resource> Of(Type type) => Enumerable.Range(0, 12).Select(turn => (Resource)Make(type, 0, turn));

    private static object Make(Type type, int depth, int turn)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            // Links are another view of Link and Url of Reference; the value behind ObjectValue is Value.
            if (property.PropertyType == typeof(Uri) || property.Name == "ObjectValue")
                continue;
            if (Value(type, property, depth, turn) is { } value)
                property.SetValue(made, value);
        }

        return made;
    }

    private static object? Value(Type owner, PropertyInfo property, int depth, int turn)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var generic && (generic == typeof(List<>) || generic == typeof(IEnumerable<>)))
        {
            var item = type.GetGenericArguments()[0];
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
            for (var i = 0; i < 2; i++)
            {
                if (One(owner, property.Name, Nullable.GetUnderlyingType(item) ?? item, depth, turn + i) is { } value)
                    list.Add(value);
            }

            return list.Count == 0 ? null : list;
        }

        return One(owner, property.Name, type, depth, turn);
    }

    private static object? One(Type owner, string name, Type type, int depth, int turn)
    {
        if (type == typeof(string)) return $"{name} «{turn}»";
        if (type == typeof(bool)) return turn % 2 == 0;
        if (type == typeof(int)) return turn + 1;
        if (type == typeof(long)) return 5_000_000_000L + turn;
        if (type == typeof(decimal)) return 1.50m + turn;
        if (type == typeof(byte[])) return new byte[] { 1, 2, (byte)turn };
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 3, 14, 9, 26, turn, 535, TimeSpan.FromHours(-5));
        if (type.IsEnum) return Enum.GetValues(type).GetValue(turn % Enum.GetValues(type).Length);
        if (depth >= Deep) return null;
        if (type == typeof(Resource)) return new Basic { Id = $"b{turn}" };
        if (type == typeof(DataType)) return Make(Choice(owner, name, turn), depth + 1, turn);

        return Make(type, depth + 1, turn);
    }

    private static Type Choice(Type owner, string name, int turn)
    {
        // Types that came with R5 have no class here.
        var allowed = FirelyNames.Allowed(owner.FullName!["ChwFhir.Fhir.Model.".Length..].Replace('+', '.'), name).Where(type => ModelType(type) is not null).ToArray();
        if (allowed.Length == 0)
            allowed = ["FhirString", "Coding", "FhirBoolean", "FhirDecimal", "Instant", "Base64Binary", "Period", "Money", "Age", "PositiveInt", "Canonical", "Annotation"];

        return ModelType(allowed[turn % allowed.Length])!;
    }

    private static Type? ModelType(string name) => typeof(Resource).Assembly.GetType("ChwFhir.Fhir.Model." + name);
}
