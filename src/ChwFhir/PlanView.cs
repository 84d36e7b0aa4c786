using ChwFhir.Intake;

namespace ChwFhir;

/// <summary>The steps by which a note is (or would be) written.</summary>
public sealed record PlanView(string Id, IReadOnlyList<PlanLine> Steps, IReadOnlyList<NoteIssue> Issues);
