using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>The parts of an overview by their names, each as it comes.</summary>
public static class OverviewParts
{
    /// <summary>In the order of the overview.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["person", "caregivers", "careTeam", "programmes", "problems", "medicines", "allergies", "appointments", "hospitalStays", "summaries", "advanceDirectives", "referrals", "ask", "home", "changed"];

    /// <summary>Every part with what it is in the overview: a list, or one thing, or nothing where there is none.</summary>
    public static IReadOnlyList<(string Name, Task<(object? Value, IReadOnlyList<UnreadPiece> Missing)> Part)> Of(OverviewReading reading) =>
    [
        ("person", One(reading.Person)), ("caregivers", Many(reading.Caregivers)), ("careTeam", Many(reading.CareTeam)), ("programmes", Many(reading.Programmes)), ("problems", Many(reading.Problems)),
        ("medicines", Many(reading.Medicines)), ("allergies", One(reading.Allergies)), ("appointments", Many(reading.Appointments)), ("hospitalStays", Many(reading.HospitalStays)), ("summaries", Many(reading.Summaries)),
        ("advanceDirectives", One(reading.AdvanceDirectives)), ("referrals", Many(reading.Referrals)), ("ask", Many(reading.Ask)), ("home", One(reading.Home)), ("changed", One(reading.Changed)),
    ];

    public static IEnumerable<Unavailable> Missing(string part, IReadOnlyList<UnreadPiece> missing) => missing.Distinct().Select(piece => new Unavailable(part, piece.Of, Words.Of(piece.Why)));

    /// <summary>All of it, when all of it is there.</summary>
    public static async Task<Overview> WholeAsync(this OverviewReading reading, CancellationToken cancellationToken)
    {
        var parts = Of(reading);
        await Task.WhenAll(parts.Select(part => part.Part)).WaitAsync(cancellationToken);
        List<Unavailable> unavailable = [];
        foreach (var (name, part) in parts)
            unavailable.AddRange(Missing(name, (await part).Missing));
        return new Overview(
            reading.Patient, reading.AsOf, (await reading.Person).One, (await reading.Caregivers).Items, (await reading.CareTeam).Items, (await reading.Programmes).Items, (await reading.Problems).Items, (await reading.Medicines).Items,
            (await reading.Allergies).One, (await reading.Appointments).Items, (await reading.HospitalStays).Items, (await reading.Summaries).Items, (await reading.AdvanceDirectives).One, (await reading.Referrals).Items,
            (await reading.Ask).Items, (await reading.Home).One, (await reading.Changed).One, unavailable);
    }

    private static async Task<(object?, IReadOnlyList<UnreadPiece>)> One<T>(Task<ChartPart<T>> part) => ((await part).One, (await part).Missing);

    private static async Task<(object?, IReadOnlyList<UnreadPiece>)> Many<T>(Task<ChartPart<T>> part) => ((await part).Items, (await part).Missing);
}
