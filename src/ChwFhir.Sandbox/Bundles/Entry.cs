using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Smart;

namespace ChwFhir.Sandbox.Bundles;

/// <summary>One entry of a transaction or batch, read.</summary>
internal sealed record Entry(int Index, string? FullUrl, FhirRequest Request)
{
    public string Place => $"Bundle.entry[{Index}]";

    /// <param name="whole">The request that brought the Bundle.</param>
    public static List<Entry> Read(JsonObject bundle, ServerAddress address, FhirRequest whole)
    {
        if (bundle["entry"] is not (null or JsonArray))
            throw new Refusal(400, "structure", "Bundle.entry is a list.", "Bundle.entry");
        return [.. bundle["entry"].Array().Select((entry, index) => Read(entry as JsonObject, index, address, whole))];
    }

    public static Entry Read(JsonObject? entry, int index, ServerAddress address, FhirRequest whole)
    {
        var place = $"Bundle.entry[{index}]";
        if (entry?["request"] is not JsonObject request || request["method"].String() is not { } method || request["url"].String() is not { } url)
            throw new Refusal(400, "required", "Each entry needs request.method and request.url.", $"{place}.request");
        if (method is not ("GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH"))
            throw new Refusal(400, "value", "The method is one of GET, HEAD, POST, PUT, PATCH and DELETE.", $"{place}.request.method");
        var local = address.Local(url) ?? url;
        var mark = local.IndexOf('?', StringComparison.Ordinal);
        return new(index, entry["fullUrl"].String(), new FhirRequest(method, mark < 0 ? local : local[..mark], mark < 0 ? "" : local[mark..])
        {
            Body = entry["resource"] as JsonObject,
            IfMatch = request["ifMatch"].String(),
            IfNoneMatch = request["ifNoneMatch"].String(),
            IfNoneExist = request["ifNoneExist"].String(),
            Return = whole.Return ?? "minimal",
            Access = whole.Access
        });
    }

    /// <summary>What the server did with it, as the entry of the answering Bundle.</summary>
    public static JsonObject Answered(FhirAnswer answer, ServerAddress address)
    {
        var response = new JsonObject { ["status"] = $"{answer.Status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(answer.Status)}".TrimEnd() };
        if (answer.Location is { } location)
            response["location"] = address.Local(location) ?? location;
        if (answer.ETag is { } tag)
            response["etag"] = tag;
        if (answer.LastModified is { } modified)
            response["lastModified"] = modified.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        var entry = new JsonObject();
        if (answer.Body is { } body && Json.Stored(body) is var resource)
        {
            if (resource["resourceType"].String() == "OperationOutcome")
                response["outcome"] = resource;
            else
                entry["resource"] = resource;
        }
        entry["response"] = response;
        return entry;
    }
}
