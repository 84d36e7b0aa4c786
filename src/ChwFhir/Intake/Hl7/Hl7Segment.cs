namespace ChwFhir.Intake.Hl7;

/// <summary>One segment: its fields by the numbers that the standard gives them (of MSH the separator itself is the first).</summary>
/// <param name="Number">Which of its name in the message, from 1.</param>
internal sealed record Hl7Segment(string Name, int Number, string[] Fields, Hl7Separators Separators)
{
    /// <summary>The field as it stands, with its escapes; empty when there is none.</summary>
    public string Raw(int field)
    {
        if (Name is "MSH" or "FHS" or "BHS")
        {
            if (field == 1)
                return Separators.Field.ToString();
            field--;
        }

        return field < Fields.Length ? Fields[field] : "";
    }

    public string[] Repetitions(int field) => Raw(field) is { Length: > 0 } raw ? raw.Split(Separators.Repetition) : [];

    /// <summary>The components of the first repetition.</summary>
    public Hl7Value Value(int field) => new(Raw(field).Split(Separators.Repetition, 2)[0], Separators);

    public IEnumerable<Hl7Value> Values(int field) => Repetitions(field).Where(raw => raw.Length > 0).Select(raw => new Hl7Value(raw, Separators));

    /// <summary>The first component's text; null when it is empty or says "delete" (<c>""</c>).</summary>
    public string? Text(int field) => Value(field).Text(1);

    /// <summary>How a fault names a place of it: <c>PID-3</c>; of segments that repeat <c>OBX[2]-5</c>.</summary>
    public string Place(int field, int? repetition = null) =>
        (Number > 1 || Name is "OBX" or "NTE" or "NK1" ? FormattableString.Invariant($"{Name}[{Number}]-{field}") : FormattableString.Invariant($"{Name}-{field}"))
        + (repetition is { } at ? FormattableString.Invariant($"[{at}]") : "");
}
