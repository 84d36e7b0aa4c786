namespace ChwFhir.Ehr;

/// <summary>Section <c>Ehr</c>: which EHR, how to reach it, what may be tried there.</summary>
public sealed class EhrOptions
{
    public const string Section = "Ehr";

    /// <summary>The FHIR R4 base URL.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Path of a JSON file that says what may be written, type by type, whatever the EHR declares; see <see cref="EhrNarrowing"/>.</summary>
    public string? Capabilities { get; set; }

    /// <summary>Timeout of one request: <c>00:00:10</c> or <c>PT10S</c>; one second to five minutes.</summary>
    public DurationSetting RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the EHR is left alone when it is first found in trouble (no connection, token refused, busy); doubles up to <see cref="LongestPause"/>.</summary>
    public DurationSetting FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    public DurationSetting LongestPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests to the EHR may be under way at once; 1 to 64.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>Written resources claim our own profiles beside US Core's; off for servers that refuse profiles that they do not know. A refusal teaches it too.</summary>
    public bool ClaimOwnProfiles { get; set; } = true;

    /// <summary>The most entries of one transaction, where the EHR has a limit that it does not declare; unset: none known.</summary>
    public int? TransactionEntries { get; set; }

    /// <summary>How old the EHR's statement of its capabilities may grow.</summary>
    public DurationSetting CapabilitiesRefresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Searches go as POST, so that names and birth dates stay out of addresses; off for servers without <c>_search</c>.</summary>
    public bool SearchByPost { get; set; }

    /// <summary>
    /// Classes or types (<c>system|code</c>, or a bare code) of the existing encounters that a home visit may attach to.
    /// In settings a list, or one text with commas. Unset: home health, <c>HH</c> of v3-ActCode.
    /// </summary>
    public IReadOnlyList<string> HomeVisitEncounterTypes { get; set; } = [DefaultHomeVisit];

    /// <summary>The programme's standing encounter, <c>Encounter/id</c>, for visits that find no other.</summary>
    public string? ProgrammeEncounter { get; set; }

    public EhrAuthOptions Auth { get; set; } = new();

    internal const string DefaultHomeVisit = "http://terminology.hl7.org/CodeSystem/v3-ActCode|HH";
}
