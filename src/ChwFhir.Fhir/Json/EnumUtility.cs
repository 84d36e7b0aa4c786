namespace ChwFhir.Fhir.Model;

/// <summary>Enum members and the codes they stand for.</summary>
public static class EnumUtility
{
    /// <summary>The code: <c>in-progress</c> for <c>InProgress</c>.</summary>
    public static string GetLiteral<T>(this T value)
        where T : struct, Enum =>
        EnumTable<T>.Code(value);

    /// <summary>The code system that the code belongs to.</summary>
    public static string GetSystem<T>(this T value)
        where T : struct, Enum =>
        EnumTable<T>.System(value);

    /// <summary>The member for a code; null for a code that the enum does not have.</summary>
    public static T? ParseLiteral<T>(string code)
        where T : struct, Enum =>
        EnumTable<T>.TryParse(Encoding.UTF8.GetBytes(code), out var value) ? value : null;
}
