namespace ChwFhir.Intake;

/// <summary>The words that <c>messages[].to</c> and <c>hold.for</c> may use instead of a FHIR reference.</summary>
public static class NoteRecipients
{
    public static readonly IReadOnlyList<string> Words =
    [
        "care-team", "pcp", "nurse", "social-work", "palliative-care", "oncology", "pharmacy", "spiritual-care", "front-desk", "supervisor", "chw",
    ];
}
