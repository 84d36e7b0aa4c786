using ChwFhir.Fhir.Model;

namespace ChwFhir.Ehr;

/// <summary>What one EHR takes: a plain value, made from what it declares, what the clinic allows and what it was seen to refuse.</summary>
public sealed record EhrCapabilities
{
    public required string FhirVersion { get; init; }

    /// <summary>Several resources are written in one request, all or none.</summary>
    public bool Transaction { get; init; }

    /// <summary>The most entries of one transaction; null where no limit is known.</summary>
    public int? TransactionEntries { get; init; }

    /// <summary>The EHR is strict: it makes its encounters itself, and what is filed must name one of them.</summary>
    public bool RequiresEncounter { get; init; }

    /// <summary>Of Observations only vital signs are taken.</summary>
    public bool VitalSignsOnly { get; init; }

    /// <summary>What is taken only in a form of its own.</summary>
    public EhrForms Forms { get; init; } = EhrForms.Whole;

    public required IReadOnlyDictionary<string, TypeCapabilities> Types { get; init; }

    /// <summary>What holds for types that <see cref="Types"/> does not name.</summary>
    public TypeCapabilities OtherTypes { get; init; } = TypeCapabilities.Nothing;

    /// <summary>A server that takes all, all at once: previews without an EHR, and tests.</summary>
    public static EhrCapabilities Everything { get; } = new() { FhirVersion = "4.0.1", Transaction = true, Types = new Dictionary<string, TypeCapabilities>(), OtherTypes = TypeCapabilities.Everything };

    /// <summary>Takes all types, one resource a request: conditional creates, and updates with <c>If-Match</c>.</summary>
    public static EhrCapabilities SingleConditionalCreates { get; } = Everything with { Transaction = false };

    /// <summary>Takes documents and vital signs, on encounters of its own; no conditions, no versions.</summary>
    public static EhrCapabilities Strict { get; } = new()
    {
        FhirVersion = "4.0.1",
        RequiresEncounter = true,
        VitalSignsOnly = true,
        Forms = EhrForms.Plainest,
        Types = new Dictionary<string, TypeCapabilities> { ["DocumentReference"] = StrictlyTaken, ["Observation"] = StrictlyTaken },
        OtherTypes = TypeCapabilities.ReadOnly,
    };

    private static TypeCapabilities StrictlyTaken => TypeCapabilities.ReadOnly with { Interactions = new HashSet<string> { Interactions.Create, Interactions.Read, Interactions.Search } };

    /// <param name="statement">What the EHR declares of itself. A declared <c>create</c> is leave to try, not a promise.</param>
    /// <param name="settings">Overrides the statement in both directions.</param>
    /// <param name="learned">Still valid refusals; they override both.</param>
    /// <param name="granted">What the token may do: beyond it nothing is tried, whatever the rest says. Null where the token does not tell.</param>
    /// <exception cref="UnsupportedFhirReleaseException">Another release than R4.</exception>
    public static EhrCapabilities From(CapabilityStatement statement, EhrNarrowing? settings, LearnedCapabilities learned, GrantedScopes? granted = null) =>
        new CapabilityReading(statement, settings, learned, granted).Read();

    /// <param name="interaction">See <see cref="Interactions"/>.</param>
    public bool Takes(string type, string interaction) => Of(type).Interactions.Contains(interaction);

    /// <summary><c>If-None-Exist</c> is honoured for this type.</summary>
    public bool ConditionalCreate(string type) => Of(type).ConditionalCreate && Takes(type, Interactions.Create);

    /// <summary>A changed resource can be put in the place of the version it was made from, and of no other.</summary>
    public bool Updates(string type) => Of(type).VersionedUpdate && Takes(type, Interactions.Update);

    public bool SearchesBy(string type, string parameter) => Takes(type, Interactions.Search) && Of(type).SearchParameters?.Contains(parameter) != false;

    /// <summary>The EHR itself names this parameter: it can be relied on to narrow a search.</summary>
    public bool Declares(string type, string parameter) => Takes(type, Interactions.Search) && Of(type).SearchParameters?.Contains(parameter) == true;

    /// <summary>Which evidence speaks against creating this type.</summary>
    public string? WhyNoCreate(string type) => Takes(type, Interactions.Create) ? null : Of(type).WhyNoCreate ?? "the EHR does not declare it";

    private TypeCapabilities Of(string type) => Types.TryGetValue(type, out var known) ? known : OtherTypes;
}
