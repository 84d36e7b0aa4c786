using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.Tests.Chart;

/// <summary>A visit as its readers are told it: by the same steps as from the store.</summary>
internal static class ToldVisitsOf
{
    public static ToldVisit On(DateTimeOffset start, Func<VisitNote, VisitNote> with, string id = "visit", IReadOnlyList<ResourceRow>? rows = null, bool ofTheTeam = false, ResolvedNote? resolved = null)
    {
        var one = TheVisit.On(start, id, with: with);
        return ToldReading.Of(one.Stored with { Resources = rows ?? [] }, Draft(one, resolved), ofTheTeam);
    }

    public static Draft Draft(OwnNote one, ResolvedNote? resolved = null) => new(one.Said!, "", resolved ?? new ResolvedNote { Patient = TheChart.Patient, BirthDate = "1963-04-02" }, new MappingOptions());
}
