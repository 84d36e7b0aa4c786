namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>When a statement holds: the first interval of its times, else the first single time.</summary>
internal readonly record struct StatementTime(string? Start, string? End, string? Single)
{
    public string? First => Start ?? Single;

    public static StatementTime Of(CdaElement statement, Times times)
    {
        var found = default(StatementTime);
        foreach (var time in statement.Children("effectiveTime"))
        {
            if (time["period"].Exists || time["event"].Exists)
                continue;
            found = new StatementTime(found.Start ?? times.Fhir(time["low"]), found.End ?? times.Fhir(time["high"]), found.Single ?? times.Fhir(time) ?? times.Fhir(time["center"]));
        }
        return found;
    }
}
