namespace ChwFhir.Fhir.Model;

/// <summary>Entries of a transaction. An extension, so that it stands beside Firely's model too.</summary>
public static class Transactions
{
    /// <summary>Adds an entry with its request and gives it back.</summary>
    /// <param name="resource">Null for a DELETE or GET.</param>
    /// <param name="fullUrl">How the other entries call it; <c>urn:uuid:…</c> for what has no id yet.</param>
    /// <param name="url">Relative to the server: <c>Encounter</c>, <c>CarePlan/12</c>.</param>
    /// <param name="ifNoneExist">The query part of a conditional create.</param>
    /// <param name="ifMatch">The version that an update expects: <c>W/"3"</c>.</param>
    public static Bundle.EntryComponent AddTransactionEntry(
        this Bundle bundle, Resource? resource, string? fullUrl, Bundle.HTTPVerb method, string url, string? ifNoneExist = null, string? ifMatch = null)
    {
        var entry = new Bundle.EntryComponent
        {
            FullUrl = fullUrl,
            Resource = resource,
            Request = new Bundle.RequestComponent { Method = method, Url = url, IfNoneExist = ifNoneExist, IfMatch = ifMatch },
        };
        bundle.Entry.Add(entry);

        return entry;
    }
}
