using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>Stays in hospital and in the emergency department, of the last year or still going on.</summary>
internal static class HospitalReader
{
    public static IReadOnlyList<HospitalStay> Read(IReadOnlyList<Encounter> encounters, DateTimeOffset now) =>
    [
        .. encounters.Where(one => Stands(one) && Encounters.StayOf(one) is not null && (Said.Order(one.Period?.End) ?? Said.Order(one.Period?.Start)) is { } at && at > now.AddYears(-1) && (Said.Moment(one.Period?.Start) ?? now) <= now)
            .Select(Of).NewestFirst(one => one.Start),
    ];

    public static HospitalStay Of(Encounter one) => new(
        Encounters.StayOf(one)!, Said.Clean(one.Period?.Start), Said.Clean(one.Period?.End), one.Status?.GetLiteral(), Encounters.Text(one), Encounters.Reason(one), Encounters.Where(one),
        Said.Text(one.Hospitalization?.DischargeDisposition), Said.Chart(one, Said.Clean(one.Period?.Start)));

    public static bool Stands(Encounter one) => one.Status is not (Encounter.EncounterStatus.Cancelled or Encounter.EncounterStatus.EnteredInError or Encounter.EncounterStatus.Planned);
}
