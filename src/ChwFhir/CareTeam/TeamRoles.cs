namespace ChwFhir.CareTeam;

/// <summary>Who answers to which of the contract's words for recipients. What no word covers is read by the clinicians: a message must not lie where nobody looks.</summary>
public static class TeamRoles
{
    public const string Chw = "chw";
    public const string Clinician = "clinician";
    public const string Nurse = "nurse";
    public const string Supervisor = Queue.SupervisedMessages.Recipient;

    /// <summary>The word for all of them; whoever answers to it reads what is for a CareTeam of the EHR too.</summary>
    public const string CareTeam = "care-team";

    private static readonly Dictionary<string, IReadOnlyList<string>> Table = new(StringComparer.Ordinal)
    {
        [Chw] = ["chw"],
        [Clinician] = ["care-team", "pcp", "palliative-care", "oncology", "pharmacy"],
        [Nurse] = ["care-team", Nurse, "pharmacy", "front-desk"],
        ["social-worker"] = ["care-team", "social-work", "spiritual-care"],
        [Supervisor] = ["supervisor"],
    };

    /// <summary>Whose word, said in a message, may go to the chart in a document of theirs; a CHW's goes there by a note or a message.</summary>
    public static readonly IReadOnlyDictionary<string, string> Licensed =
        new Dictionary<string, string>(StringComparer.Ordinal) { [Clinician] = "Clinician", [Nurse] = "Nurse", ["social-worker"] = "Social worker" };

    public static IReadOnlyList<string> WordsOf(string role) => Table.GetValueOrDefault(role, []);
}
