namespace ChwFhir.Planning;

/// <summary>How the elements of a resource that lives across visits are merged. What is not named is a single value that the first visit gives.</summary>
/// <param name="Newest">The newest visit's words count. A choice of types is named by its stem (<c>occurrence</c>).</param>
/// <param name="United">Lists: those of all visits together.</param>
/// <param name="Own">Lists: ours follow the newest visit, those of others stay.</param>
internal sealed record MergeRules(string[] Newest, string[] United, string[] Own)
{
    private static readonly Dictionary<string, MergeRules> ByType = new()
    {
        ["CarePlan"] = new(["status", "title", "description", "period"], ["addresses", "goal", "careTeam", "contributor", "supportingInfo", "note"], []),
        ["Goal"] = new(["description", "expressedBy", "lifecycleStatus", "achievementStatus", "priority", "start", "target", "statusDate", "statusReason"], ["addresses", "note"], []),
        ["Condition"] = new(["clinicalStatus", "code", "severity", "abatement"], ["note"], []),
        ["ServiceRequest"] = new(["status", "priority", "code", "occurrence", "performer", "locationCode"], ["reasonReference", "supportingInfo", "note"], []) { Holder = "performer" },
        ["Task"] = new(["status", "statusReason", "businessStatus", "priority", "description", "owner", "executionPeriod", "restriction", "lastModified"], ["note"], []) { Whole = ["statusReason", "businessStatus"], Holder = "owner" },
        ["RelatedPerson"] = new(["active", "name", "communication", "period"], [], ["telecom", "relationship"]),
        ["Encounter"] = new(["status", "class", "period", "length", "reasonCode"], ["participant", "diagnosis"], ["type", "location"]) { Whole = ["length", "location", "contained"] },
    };

    // What is [x] in R4 of all that is named here and in the steps of a plan; statusHistory is no kind of status.
    private static readonly string[] Choices = ["abatement", "occurrence", "start", "scheduled", "product"];

    private static readonly MergeRules Nothing = new([], [], []);

    /// <summary>Elements that a visit tells whole: the newest one that leaves them out has none.</summary>
    public string[] Whole { get; private init; } = [];

    /// <summary>The element that refers to what the resource contains: the two are told and changed together.</summary>
    public string? Holder { get; private init; }

    /// <summary>Lives across visits: there is something to merge.</summary>
    public static bool Has(string type) => ByType.ContainsKey(type);

    /// <summary>A type that no rule speaks of is a set of single values.</summary>
    public static MergeRules Of(string type) => ByType.GetValueOrDefault(type, Nothing);

    public bool IsSet(string name) => name == "identifier" || United.Contains(name) || Own.Contains(name);

    /// <summary>What the server or the software gives a resource is nobody's words. A primitive's extras go with the primitive.</summary>
    public static bool IsContent(string name) => name is not ("resourceType" or "id" or "meta" or "text" or "implicitRules") && !name.StartsWith('_');

    /// <summary>The rule's name of a choice element: <c>occurrence</c> for <c>occurrenceDateTime</c>.</summary>
    public static string Stem(string name, params ReadOnlySpan<string> stems)
    {
        foreach (var stem in stems)
            if (IsOf(name, stem))
                return stem;
        return name;
    }

    public static bool IsOf(string name, string stem) =>
        name.AsSpan(name.StartsWith('_') ? 1 : 0) is var member
        && (member.SequenceEqual(stem) || (Choices.Contains(stem) && member.StartsWith(stem, StringComparison.Ordinal) && member.Length > stem.Length && char.IsUpper(member[stem.Length])));
}
