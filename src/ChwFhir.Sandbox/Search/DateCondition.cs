using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Search;

/// <summary>A date as searches give it, with its prefix (R4 search, "Prefixes"): one reading for every date parameter and <c>_lastUpdated</c>.</summary>
internal sealed record DateCondition(string Prefix, TimeRange Range)
{
    public static DateCondition Read(string parameter, string value)
    {
        // An offset's plus sign that nobody escaped arrives as a space.
        var text = value.Replace(' ', '+');
        var prefix = text.Length > 2 && char.IsAsciiLetter(text[0]) ? text[..2] : "";
        if (TimeRange.Read(text[prefix.Length..]) is { } range && prefix is "" or "eq" or "ne" or "gt" or "ge" or "lt" or "le" or "sa" or "eb" or "ap")
            return new(prefix, range);
        throw new Refusal(400, "invalid", $"The search parameter {parameter} takes a FHIR date, with eq, ne, gt, ge, lt, le, sa, eb or ap before it.");
    }

    /// <summary>The condition on the columns that hold where the resource's own range begins and ends.</summary>
    public string Sql(Where where, string low, string high)
    {
        string Low() => where.Value(Range.Low);
        string High() => where.Value(Range.High);
        return Prefix switch
        {
            "ne" => $"{low} < {Low()} OR {high} > {High()}",
            "gt" => $"{high} > {High()}",
            "ge" => $"{high} > {Low()}",
            "lt" => $"{low} < {Low()}",
            "le" => $"{low} < {High()}",
            "sa" => $"{low} >= {High()}",
            "eb" => $"{high} <= {Low()}",
            "ap" => $"{low} < {High()} AND {high} > {Low()}",
            _ => $"{low} >= {Low()} AND {high} <= {High()}"
        };
    }
}
