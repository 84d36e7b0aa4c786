using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Rules;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Smart;

namespace ChwFhir.Sandbox.Store;

/// <summary>
/// The writes of one database transaction. References are checked by <see cref="Finish"/>, when everything is there that came together.
/// </summary>
internal sealed class Writing(Session session, ServerAddress address, TimeProvider clock)
{
    private readonly Indexer indexer = new(address);
    private readonly List<(JsonObject Resource, string? Entry)> written = [];
    private readonly List<StoredResource> deleted = [];
    private readonly List<(Reach Reach, StoredResource Resource)> reached = [];

    /// <summary>The server's own patients and loaded charts: they may be closed ones, and may point at what was not loaded with them.</summary>
    public bool IsLoading { get; init; }

    /// <summary>Refuses what claims a profile that is not HL7's.</summary>
    public bool KnownProfilesOnly { get; init; }

    /// <summary>What the caller may do. What stood there before, and what stands there after, has to be within it.</summary>
    public Access Access { get; init; } = Access.Everything;

    public StoredResource Create(string type, JsonObject body, string? id = null, string? entry = null, bool held = false) =>
        Put(type, id ?? NewId(), body, session.Find(type, id ?? ""), entry, held, 'c');

    public StoredResource Update(string type, string id, JsonObject body, string? ifMatch, string? entry = null)
    {
        if (!Reference.IsId(id))
            throw new Refusal(400, "value", "An id is 1 to 64 letters, digits, hyphens and dots.");
        if (body["id"].String() != id)
            throw new Refusal(400, "invariant", "The id in the body is not the id in the address.", $"{type}.id");
        var existing = session.Find(type, id);
        RefuseOthers(existing, Access.Require(type, 'u'));
        CheckMatch(existing is { Deleted: false } ? existing : null, ifMatch);
        return Put(type, id, body, existing, entry, existing?.Held ?? false, 'u');
    }

    /// <summary>The tombstone, or null when there is nothing to delete.</summary>
    public StoredResource? Delete(string type, string id, string? ifMatch)
    {
        var existing = session.Find(type, id);
        var reach = Access.Require(type, 'd');
        if (!reach.IsEverything)
            reach.Require(session, type, id);
        CheckMatch(existing is { Deleted: false } ? existing : null, ifMatch);
        if (existing is null or { Deleted: true })
            return null;
        RefuseRestricted(existing.Patient);
        var tombstone = existing with { Version = existing.Version + 1, Updated = clock.GetUtcNow(), Deleted = true, Json = "", Restricted = false };
        session.Put(tombstone, IndexedValues.None);
        deleted.Add(tombstone);
        return tombstone;
    }

    public string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>What was written points only at what is there, and nothing that was deleted is still pointed at.</summary>
    public void Finish()
    {
        if (IsLoading)
            return;
        foreach (var (resource, entry) in written)
            if (ReferenceCheck.Faults(resource, session, address).ToList() is { Count: > 0 } faults)
                throw entry is null ? new Refusal(422, faults) : new Refusal(422, faults).In(entry);
        foreach (var (reach, resource) in reached)
            RefuseOthers(resource, reach);
        foreach (var gone in deleted)
            if (!session.Exists(gone.Type, gone.Id) && session.IsReferenced(gone.Type, gone.Id))
                throw new Refusal(409, "conflict", "Another resource still refers to this one.");
    }

    private StoredResource Put(string type, string id, JsonObject body, StoredResource? existing, string? entry, bool held, char letter)
    {
        var reach = Access.Require(type, letter);
        RefuseOthers(existing, reach);
        if (Shape.Faults(type, body).ToList() is { Count: > 0 } faults)
            throw new Refusal(400, faults);
        if (KnownProfilesOnly && ProfileCheck.Faults(type, body).ToList() is { Count: > 0 } unknown)
            throw new Refusal(422, unknown);
        var now = clock.GetUtcNow();
        var version = (existing?.Version ?? 0) + 1;
        var resource = Stamped(type, id, version, now, body);
        var values = indexer.Read(type, resource);
        var patient = type == "Patient" ? id : values.References.FirstOrDefault(reference => reference.Param == "patient").Target;
        RefuseRestricted(existing?.Patient);
        RefuseRestricted(patient);
        var stored = new StoredResource(type, id, version, now, Deleted: false, resource.Text())
        {
            Patient = patient,
            Held = held,
            IsNew = existing is null or { Deleted: true },
            Restricted = type == "Patient" && resource["meta"]!.At("security").Any(label => label["code"].String() is "R" or "V")
        };
        session.Put(stored, values);
        written.Add((resource, entry));
        reached.Add((reach, stored));
        return stored;
    }

    private static JsonObject Stamped(string type, string id, int version, DateTimeOffset now, JsonObject body)
    {
        var meta = (body["meta"]?.DeepClone() as JsonObject) ?? [];
        meta["versionId"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        meta["lastUpdated"] = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        var stamped = new JsonObject { ["resourceType"] = type, ["id"] = id, ["meta"] = meta };
        foreach (var (name, value) in body)
            if (name is not ("resourceType" or "id" or "meta"))
                stamped[name] = value?.DeepClone();
        return stamped;
    }

    private static void CheckMatch(StoredResource? existing, string? ifMatch)
    {
        if (ifMatch is null || ifMatch == "*" && existing is not null)
            return;
        if (existing is null || ETag.Version(ifMatch) != existing.Version)
            throw new Refusal(412, "conflict", existing is null ? "If-Match names a version of something that is not there." : $"If-Match names another version; the present one is {existing.ETag}.");
    }

    private void RefuseOthers(StoredResource? resource, Reach reach)
    {
        if (resource is not null)
            reach.Require(session, resource.Type, resource.Id);
    }

    private void RefuseRestricted(string? patient)
    {
        if (!IsLoading && patient is not null && session.IsRestricted(patient))
            throw Restricted.Chart();
    }
}
