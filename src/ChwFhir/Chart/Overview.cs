namespace ChwFhir.Chart;


/// <summary>All that is known of a patient before a visit: what the EHR shows, and what this service holds.</summary>
/// <param name="Unavailable">What could not be read; it never keeps the rest away.</param>
public sealed record Overview(
    string Patient, DateTimeOffset AsOf, PersonFacts? Person, IReadOnlyList<Caregiver> Caregivers, IReadOnlyList<CareTeamPerson> CareTeam, IReadOnlyList<ProgrammeFacts> Programmes,
    IReadOnlyList<Problem> Problems, IReadOnlyList<Medicine> Medicines, Allergies? Allergies, IReadOnlyList<AppointmentFact> Appointments, IReadOnlyList<HospitalStay> HospitalStays,
    IReadOnlyList<SummaryFact> Summaries, AdvanceDirectives? AdvanceDirectives, IReadOnlyList<ReferralFact> Referrals, IReadOnlyList<AskFact> Ask, HomeFacts? Home, ChangesFacts? Changed,
    IReadOnlyList<Unavailable> Unavailable);
