namespace ChwFhir.CareTeam;

/// <summary>Into whose hands a message may be given by a word: those who may act on it. A person is named by their reference.</summary>
public static class MessageHands
{
    public static readonly IReadOnlyList<string> Words = ["nurse", "pcp", "social-work", "palliative-care", "oncology", "pharmacy", "spiritual-care", "front-desk", "care-team"];
}
