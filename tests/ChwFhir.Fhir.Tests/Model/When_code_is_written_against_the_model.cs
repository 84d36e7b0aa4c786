using System.Reflection;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Tests.Json;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Model;

/// <summary>So that the Firely .NET SDK can take the model's place: names are its names, and nothing else is used outside the model's own folders.</summary>
public sealed class When_code_is_written_against_the_model
{
    // Data types that the list leaves out since no element that was listed holds them.
    private static readonly string[] NotListed = ["Contributor", "Count", "DataRequirement", "Distance", "ParameterDefinition", "TriggerDefinition"];

    // Properties that are no elements. ResourceReference.Url, Bundle.NextLink and the like are Firely's too, and nobody uses them outside the model (see FirelyBehaviour).
    private static readonly HashSet<string> NoElements = ["TypeName", "Children", "SelfLink", "FirstLink", "PreviousLink", "NextLink", "LastLink", "IsContainedReference", "Url", "Expression_"];

    // Of another type there: classes that several releases share, an enum at the top, and the currencies, which R4's definitions do not list.
    private static readonly Dictionary<string, string> OfAnotherType = new()
    {
        ["Signature.Who"] = "DataType", ["Signature.OnBehalfOf"] = "DataType", ["CodeSystem.Content"] = "CodeSystemContentMode?", ["Money.Currency"] = "Money.Currencies?",
    };

    // Lists of R4's own names, and the one that stands at the top there; nobody outside the model uses that one.
    private static readonly string[] EnumsNotListed = ["FHIRAllTypes", "FHIRVersion", "ResourceType", "CodeSystem.CodeSystemContentMode"];

    // Of both: they stand beside either model.
    private static readonly string[] OfBoth = ["Concepts", "References", "Transactions"];

    private static IEnumerable<Type> TheTypes => typeof(Resource).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == "ChwFhir.Fhir.Model" && !type.IsInterface && !(type is { IsAbstract: true, IsSealed: true }));

    [Test]
    public void Every_class_and_property_has_Firelys_name()
    {
        var strange = TheTypes
            .Where(type => type.IsSubclassOf(typeof(Base)) && !type.IsSubclassOf(typeof(PrimitiveType)) && type != typeof(PrimitiveType) && type != typeof(UnmodelledResource) && type != typeof(BackboneType))
            .Where(type => !NotListed.Contains(Name(type).Split('.')[0]))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(property => !NoElements.Contains(property.Name) && !FirelyNames.HasMember(Name(type), property.Name) || !FirelyNames.HasClass(Name(type)))
                .Select(property => $"{Name(type)}.{property.Name}"));

        Assert.That(strange, Is.Empty);
    }

    [Test]
    public void Every_property_has_Firelys_type()
    {
        var compared = 0;
        var strange = new List<string>();
        foreach (var type in TheTypes)
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                var member = $"{Name(type)}.{property.Name}";
                if (FirelyNames.TypeOf(Name(type), property.Name) is not { } theirs)
                    continue;
                compared++;
                if (OfAnotherType.GetValueOrDefault(member, Written(property.PropertyType)) != theirs)
                    strange.Add($"{member} is {Written(property.PropertyType)}, there {theirs}");
            }
        }

        Assert.That(compared, Is.GreaterThan(1000));
        Assert.That(strange, Is.Empty);
    }

    [Test]
    public void Every_enum_has_Firelys_members_and_codes()
    {
        var compared = 0;
        var strange = new List<string>();
        foreach (var type in TheTypes.Where(type => type.IsEnum))
        {
            if (FirelyNames.Enum(Name(type)) is not { } listed)
            {
                if (!NotListed.Contains(Name(type).Split('.')[0]) && !EnumsNotListed.Contains(Name(type)))
                    strange.Add(Name(type));
                continue;
            }

            compared++;
            var literal = typeof(EnumUtility).GetMethod(nameof(EnumUtility.GetLiteral))!.MakeGenericMethod(type);
            strange.AddRange(Enum.GetValues(type).Cast<object>().Select(member => $"{member}={literal.Invoke(null, [member])}").Except(listed).Select(member => $"{Name(type)}: {member}"));
        }

        Assert.That(compared, Is.GreaterThan(80));
        Assert.That(strange, Is.Empty);
    }

    [TestCase("ChwFhir.Fhir")]
    [TestCase("ChwFhir")]
    [TestCase("ChwFhir.Api")]
    [TestCase("ChwFhir.SmartApp")]
    [TestCase("ChwFhir.Sandbox")]
    public void Nothing_is_used_that_Firelys_model_does_not_have(string project)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Repository.Path("src", project, "bin", build.Parent!.Name, build.Name, project + ".dll");

        var strange = ModelUses.In(assembly, OfBoth).Where(use => !IsFirelys(use)).Select(use => $"{use.Call} in {use.By}").Distinct();
        Assert.That(strange, Is.Empty);
    }

    private static bool IsFirelys(ModelUse use) =>
        OfBoth.Contains(use.Type.Split('.')[0])
        || use.Member == ".ctor" && use.Parameters == "" && (FirelyNames.HasClass(use.Type) || NotListed.Contains(use.Type))
        || use.Member.Length > 4 && FirelyNames.HasMember(use.Type, use.Member[4..]) && !OfAnotherType.ContainsKey($"{use.Type}.{use.Member[4..]}")
        || FirelyBehaviour.Calls.Contains(use.Call);

    // As Firely's list writes types.
    private static string Written(Type type) => Nullable.GetUnderlyingType(type) is { } value ? Written(value) + "?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Written))}>"
        : type.Namespace == "ChwFhir.Fhir.Model" ? Name(type)
        : type.Name switch { "String" => "string", "Boolean" => "bool", "Int32" => "int", "Decimal" => "decimal", "Byte[]" => "byte[]", var name => name };

    private static string Name(Type type) => type.FullName!["ChwFhir.Fhir.Model.".Length..].Replace('+', '.');
}
