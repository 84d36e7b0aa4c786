namespace ChwFhir.Fhir.Model;

/// <summary>What the specification says of a member, read from a line such as <c>subject 1..1 Reference → Patient|Group</c>.</summary>
internal sealed record ElementRule(string Name, ElementShape Shape, int Min, int Max, string[] Types, string[] Targets, string? ValueSet)
{
    public const int Many = int.MaxValue;

    private Validation.CodeSet? _codes;

    public string Type => Types[0];

    public Validation.Format Format { get; } = Validation.Formats.Of(Types[0]);

    /// <summary>The types of a choice, as a set.</summary>
    public DataKind Kinds { get; private init; }

    public bool IsReference { get; } = Types.Contains("Reference");

    /// <summary>The codes that the specification requires; null where nothing is required, or where the enum of the model sees to it.</summary>
    public Validation.CodeSet? Codes => ValueSet is null ? null : _codes ??= Validation.CodeSets.OfSpecification(ValueSet);

    public static ElementRule Of(string line)
    {
        var parts = line.Split(' ');
        var isChoice = parts[0].EndsWith("[x]", StringComparison.Ordinal);
        var types = parts[2].Split('|');
        var (min, max) = (parts[1][0] - '0', parts[1][3..] is var most and not "*" ? int.Parse(most, CultureInfo.InvariantCulture) : Many);

        return new ElementRule(isChoice ? parts[0][..^3] : parts[0], ShapeOf(types[0], isChoice, max > 1), min, max, types, After("→")?.Split('|') ?? [], After("∈"))
        {
            Kinds = isChoice ? types.Aggregate(default(DataKind), (kinds, type) => kinds | KindOf(type)) : 0,
        };

        string? After(string sign) => Array.IndexOf(parts, sign) is var at and >= 0 ? parts[at + 1] : null;
    }

    /// <summary>The kind of a type in a choice by its FHIR name.</summary>
    public static DataKind KindOf(string type) =>
        type == "SimpleQuantity" ? DataKind.Quantity : DataTypes.Find(Encoding.UTF8.GetBytes(char.ToUpperInvariant(type[0]) + type[1..]));

    private static ElementShape ShapeOf(string type, bool isChoice, bool isList)
    {
        if (isChoice)
            return ElementShape.Choice;
        if (type == "Resource")
            return isList ? ElementShape.ResourceList : ElementShape.Resource;

        return Validation.Formats.Of(type) switch
        {
            Validation.Format.None => isList ? ElementShape.ComplexList : ElementShape.Complex,
            Validation.Format.Boolean or Validation.Format.Integer or Validation.Format.PositiveInt or Validation.Format.UnsignedInt or Validation.Format.Decimal or Validation.Format.Bytes => ElementShape.Other,
            _ => isList ? ElementShape.Texts : ElementShape.Text,
        };
    }
}
