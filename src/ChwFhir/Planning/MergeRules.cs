namespace ChwFhir.Planning;

/// <summary>
/// Which elements of a long-lived resource visits may change. Whatever is not named is written when it is absent and never touched again:
/// identity, subject, what a clinician added.
/// </summary>
/// <param name="Newest">The newest visit's words stand. A choice of types is named by its stem (<c>occurrence</c>).</param>
/// <param name="United">References: those of all visits together.</param>
/// <param name="Own">Lists of values: ours follow the newest visit, those of others stay.</param>
/// <param name="Added">Remarks: added to, never changed.</param>
internal sealed record MergeRules(string[] Newest, string[] United, string[] Own, string[] Added)
{
    private static readonly Dictionary<string, MergeRules> ByType = new()
    {
        ["CarePlan"] = new(["status", "title", "description", "period"], ["addresses", "goal", "careTeam", "contributor", "supportingInfo"], [], ["note"]),
        ["Goal"] = new(["lifecycleStatus", "achievementStatus", "priority", "start", "target", "statusDate", "statusReason"], ["addresses"], [], ["note"]),
        ["Condition"] = new(["clinicalStatus", "code", "severity", "abatement"], [], [], ["note"]),
        ["ServiceRequest"] = new(["status", "priority", "code", "occurrence", "performer", "locationCode"], ["reasonReference", "supportingInfo"], [], ["note"]),
        ["Task"] = new(["status", "statusReason", "businessStatus", "priority", "description", "owner", "executionPeriod", "restriction", "lastModified"], [], [], ["note"]),
        ["RelatedPerson"] = new(["active", "name", "communication", "period"], [], ["telecom", "relationship"], []),
        ["Encounter"] = new(["status", "class", "period", "length", "reasonCode"], ["participant", "diagnosis"], ["type", "location"], []),
    };

    private static readonly MergeRules Nothing = new([], [], [], []);

    /// <summary>A type that no rule speaks of is only filled up.</summary>
    public static MergeRules Of(string type) => ByType.GetValueOrDefault(type, Nothing);
}
