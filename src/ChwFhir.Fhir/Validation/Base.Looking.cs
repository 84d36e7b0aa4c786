namespace ChwFhir.Fhir.Model;

// How validation looks at an object: its members by number, as what they are; nothing is made for it but boxes of numbers.
public abstract partial class Base
{
    private static readonly object True = true;
    private static readonly object False = false;
    private static readonly object[] Small = [.. Enumerable.Range(0, 128).Select(number => (object)number)];

    /// <summary>What the specification says of the class.</summary>
    internal abstract TypeFacts Facts { get; }

    /// <summary>The value of one member as <see cref="Facts"/> counts them: an object, a list, a string (codes too), a boxed number, bytes; null for none.</summary>
    internal abstract object? At(int element);

    private protected static object? Boxed(bool? value) => value is not { } known ? null : known ? True : False;

    private protected static object? Boxed(int? value) => value is not { } known ? null : (uint)known < 128 ? Small[known] : known;

    private protected static string? Code<T>(T? value)
        where T : struct, Enum =>
        value is { } known ? EnumTable<T>.CodeOrNone(known) : null;

    private protected static List<string?>? Codes<T>(List<T?>? values)
        where T : struct, Enum =>
        values is { Count: > 0 } ? values.ConvertAll(Code) : null;
}
