using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>One try of one note: what it says, what is known, what is planned. Known grows with every answer.</summary>
internal sealed class NoteWork(Lease lease, StoredNote stored, ResolvedNote resolved, MappedNote mapped)
{
    private (EhrCapabilities? By, Known? From) planned;

    public Lease Lease { get; } = lease;
    public StoredNote Stored { get; } = stored;
    public ResolvedNote Resolved { get; } = resolved;
    public MappedNote Mapped { get; } = mapped;
    public required EhrCapabilities Capabilities { get; set; }
    public required Known Known { get; set; }
    public required NoteDecisions Decisions { get; init; }

    /// <summary>What of the note must not be sent as itself.</summary>
    public IReadOnlyList<NotValid> NotValid { get; set; } = [];

    /// <summary>What was found to be valid as it is.</summary>
    public ISet<Resource> LookedAt { get; init; } = new HashSet<Resource>(ReferenceEqualityComparer.Instance);

    public WritePlan? Plan
    {
        get;
        set
        {
            field = value;
            planned = (Capabilities, Known);
        }
    }

    /// <summary>Nothing was learned since the plan was made: another would be the same.</summary>
    public bool IsPlanned => Plan is not null && ReferenceEquals(planned.By, Capabilities) && ReferenceEquals(planned.From, Known);

    public int Attempt => Stored.Attempts + 1;

    public void Wrote(string key, WrittenResource written) =>
        Known = Known with { Written = new Dictionary<string, WrittenResource>(Known.Written) { [key] = written } };

    public void FoundThere(string key, string how) =>
        Known = Known with { There = new Dictionary<string, string>(Known.There) { [key] = how } };

    public void Refused(string key, string reason) =>
        Known = Known with { Refused = new Dictionary<string, string>(Known.Refused) { [key] = reason } };

    /// <summary>As if the EHR had refused it: the rest is planned without it.</summary>
    public void Withhold(IReadOnlyList<NotValid> notValid)
    {
        NotValid = [.. NotValid, .. notValid];
        foreach (var one in notValid)
            Refused(NotValidParts.KeyOf(one), one.Issue.Detail);
    }

    /// <summary>It is not valid, and nobody has closed it.</summary>
    public bool IsWithheld(string key) => !Decisions.IsClosed(key) && NotValid.Any(one => one.Key == key);

    /// <summary>Where a resource of the note stands by now, by its full URL.</summary>
    public (string Reference, string? Version)? PlaceOf(string fullUrl)
    {
        var key = Mapped.Resources.FirstOrDefault(resource => resource.FullUrl == fullUrl)?.Key;
        if (key is null)
            return null;
        if (Known.Written.TryGetValue(key, out var written))
            return (written.Reference, written.Version);
        return Known.LongLived.TryGetValue(key, out var there) ? (there.Reference, there.Version) : null;
    }
}
