namespace ChwFhir.SmartApp.Huddle;

/// <summary>Today's patients who have a CHW.</summary>
/// <param name="Lines">Null while nobody can tell whom this session may see.</param>
/// <param name="ByAppointment">They have an appointment today; else those with the latest visits, since the EHR tells of no appointment.</param>
/// <param name="IsAnswered">The EHR has answered for its appointments.</param>
public sealed record HuddleSheet(IReadOnlyList<HuddleLine>? Lines, bool ByAppointment, bool IsAnswered);
