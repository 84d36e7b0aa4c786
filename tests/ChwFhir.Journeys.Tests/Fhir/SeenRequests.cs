using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Fhir;

/// <summary>What the service asks of its EHR: interactions and search parameters, no values.</summary>
internal sealed class SeenRequests
{
    /// <summary><c>CarePlan create</c>, <c>Goal search-type patient</c>: one for each parameter. Also of a transaction each entry counts.</summary>
    public ConcurrentDictionary<string, int> Lines { get; } = new(StringComparer.Ordinal);

    /// <summary>One for each chain of handlers.</summary>
    public DelegatingHandler Watch() => new Handler(this);

    private sealed class Handler(SeenRequests seen) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // Behind the FHIR base of the sandbox.
            if (request.RequestUri!.AbsoluteUri.Split("/api/FHIR/R4", 2) is [_, var path])
                seen.See(request.Method.Method, path, request.Headers.Contains("If-None-Exist"), await BodyAsync(request.Content, cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }

    // Kept in memory first, so that reading it takes nothing from whoever sends it.
    private static async Task<string> BodyAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null)
            return "";
        await content.LoadIntoBufferAsync(cancellationToken);
        return await content.ReadAsStringAsync(cancellationToken);
    }

    private void See(string method, string path, bool isConditional, string body)
    {
        var (place, query) = path.Split('?', 2) is [var before, var after] ? (before, after) : (path, "");
        var parts = place.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is [] && method == "POST" && JsonNode.Parse(body) is JsonObject bundle)
        {
            Lines[$"system {bundle["type"]}"] = 1;
            foreach (var request in bundle["entry"]!.AsArray().Select(entry => entry!["request"]!))
                See((string)request["method"]!, (string)request["url"]!, request["ifNoneExist"] is not null, "");
        }
        if (parts is [] || parts[0] == "metadata" || !char.IsAsciiLetterUpper(parts[0][0]))
            return;
        var interaction = (method, parts.Length) switch
        {
            ("GET", 1) => "search-type",
            ("POST", 2) when parts[1] == "_search" => "search-type",
            ("GET", _) => "read",
            ("POST", _) => "create",
            ("PUT", _) => "update",
            _ => method,
        };
        Lines[$"{parts[0]} {interaction}"] = 1;
        if (isConditional)
            Lines[$"{parts[0]} conditionalCreate"] = 1;
        if (interaction == "search-type")
        {
            foreach (var parameter in $"{query}&{(method == "POST" ? body : "")}".Split('&', StringSplitOptions.RemoveEmptyEntries))
                Lines[$"{parts[0]} search-type {parameter.Split('=')[0].Split(':')[0]}"] = 1;
        }
    }
}
