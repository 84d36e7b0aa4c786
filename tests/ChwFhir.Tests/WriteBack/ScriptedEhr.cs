using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Tests.WriteBack;

/// <summary>
/// The far shore in memory, below the real FHIR client: keeps resources, honours conditional creates and If-Match, runs transactions whole,
/// and does to the next requests what a test scripts.
/// </summary>
internal sealed class ScriptedEhr : HttpMessageHandler
{
    public const string BaseUrl = "https://ehr.example/fhir";
    private static readonly string[] Types = ["Encounter", "CarePlan", "Goal", "Condition", "Observation", "QuestionnaireResponse", "ServiceRequest", "Task", "RelatedPerson", "Communication", "DocumentReference", "Provenance", "Patient", "Practitioner", "CareTeam", "Consent", "PractitionerRole", "AuditEvent"];
    private readonly Lock gate = new();
    private readonly List<JsonObject> resources = [];
    private readonly Queue<(Func<string, bool> When, Fault What)> script = new();
    private readonly TaskCompletionSource hung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int ids;

    public enum Fault { LoseAnswer, NeverArrives, Busy, Fails, Down, Hangs }

    /// <summary>What is declared: transactions, conditional creates, the search by our identifiers.</summary>
    public bool Transactions { get; init; } = true;
    public bool ConditionalCreates { get; init; } = true;
    public HashSet<string> NotDeclared { get; init; } = [];

    /// <summary>Further search parameters that it declares, as <c>CareTeam.participant</c>.</summary>
    public HashSet<string> AlsoSearchedBy { get; init; } = [];

    /// <summary>A second reading of one patient, code and time is refused with 59189.</summary>
    public bool RefusesRepeats { get; init; }

    /// <summary>Runs a transaction like a batch: each entry for itself, references between them left as they were.</summary>
    public bool RunsAsBatch { get; init; }

    /// <summary>Gives its own identifiers and keeps none of ours; documents come back as HTML and RTF Binaries.</summary>
    public bool Rewrites { get; init; }

    /// <summary>Refused whatever is declared: <c>POST Goal</c>, <c>POST /</c>, with this status and no body.</summary>
    public Dictionary<string, int> Refused { get; } = [];

    /// <summary>What a create is answered with: some servers say 200.</summary>
    public int Created { get; init; } = 201;

    /// <summary>Read under the first name, the EHR gives the resource of the second: charts that were merged without a word.</summary>
    public Dictionary<string, string> Merged { get; } = [];

    /// <summary>What the EHR puts into the Bundle of each search of a type: remarks, such as that more may exist.</summary>
    public Dictionary<string, string> Remarks { get; } = [];

    /// <summary>Every chart is refused with 403 and this code.</summary>
    public string? Restricted { get; init; }

    /// <summary>Refused for what is in it: 422 with an OperationOutcome.</summary>
    public Func<JsonObject, bool> Invalid { get; set; } = _ => false;

    /// <summary>Refused for one element: its path and, where there is one, the server's own number for it; 400 with an OperationOutcome.</summary>
    public Func<JsonObject, (string Element, string? Code)?> Picky { get; set; } = _ => null;

    /// <summary>FHIR's word for what <see cref="Picky"/> finds.</summary>
    public string PickyWord { get; set; } = "invalid";

    /// <summary>Refused for something that it refers to: 404 with an OperationOutcome.</summary>
    public Func<JsonObject, bool> NotFound { get; set; } = _ => false;

    /// <summary>Types that the token may not read: 403 and <c>insufficient_scope</c>.</summary>
    public HashSet<string> NoScope { get; init; } = [];

    /// <summary>Read requests that always end in a 500.</summary>
    public HashSet<string> Sick { get; } = [];

    /// <summary>Every request that arrived: <c>GET Patient/p1</c>, <c>POST /</c>.</summary>
    public List<string> Log { get; } = [];
    public List<string> Addresses { get; } = [];
    public bool IsDown { get; set; }

    /// <summary>A gateway before the EHR answers everything with this status and a page of its own.</summary>
    public int? Page { get; set; }

    /// <summary>Completes when a request was carried out whose sender never hears of it again.</summary>
    public Task Hung => hung.Task;

    /// <summary>Runs before a write is carried out: a clinician who is faster.</summary>
    public Action? BeforeWrite { get; set; }

    public IReadOnlyList<JsonObject> All(string type)
    {
        lock (gate)
            return [.. resources.Where(resource => (string?)resource["resourceType"] == type)];
    }

    /// <summary>Where a word stands in what anybody who reads the chart can see: in resources, and in the texts of documents.</summary>
    public IReadOnlyList<string> Showing(string word)
    {
        lock (gate)
            return
            [
                .. resources.Where(resource => resource.ToJsonString().Contains(word, StringComparison.Ordinal)
                    || (resource["content"] as JsonArray ?? []).Any(content => Encoding.UTF8.GetString(Convert.FromBase64String((string?)content!["attachment"]?["data"] ?? "")).Contains(word, StringComparison.Ordinal)))
                .Select(resource => (string)resource["resourceType"]!),
            ];
    }

    public int Writes => Log.Count(line => !line.StartsWith("GET ", StringComparison.Ordinal) && !line.EndsWith("/_search", StringComparison.Ordinal));

    public JsonObject Put(string json)
    {
        lock (gate)
            return Store(JsonNode.Parse(json)!.AsObject());
    }

    public void Remove(string type)
    {
        lock (gate)
            resources.RemoveAll(resource => (string?)resource["resourceType"] == type);
    }

    /// <summary>The next request that fits meets this fault.</summary>
    public void Next(string startsWith, Fault fault) => script.Enqueue((line => line.StartsWith(startsWith, StringComparison.Ordinal), fault));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath["/fhir".Length..].Trim('/');
        var line = $"{request.Method} {(path.Length == 0 ? "/" : path)}";
        lock (gate)
        {
            Log.Add(line);
            Addresses.Add(request.RequestUri.AbsoluteUri);
        }
        if (IsDown)
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        if (Page is { } status)
            return new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Content = new StringContent("<!DOCTYPE html><html><body><h1>default backend</h1></body></html>", Encoding.UTF8, "text/html") };

        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Fault? fault = null;
        lock (gate)
            if (script.TryPeek(out var next) && next.When(line))
                fault = script.Dequeue().What;

        switch (fault)
        {
            case Fault.Busy: return Answer(503, null);
            case Fault.Fails: return Answer(500, null);
            case Fault.NeverArrives: throw new HttpRequestException(HttpRequestError.ResponseEnded);
            case Fault.Down: throw new HttpRequestException(HttpRequestError.ConnectionError);
        }
        if (request.Method != HttpMethod.Get)
            BeforeWrite?.Invoke();
        HttpResponseMessage answer;
        lock (gate)
            answer = Carry(request, path, body);
        if (fault == Fault.Hangs)
        {
            hung.SetResult();
            await new TaskCompletionSource<HttpResponseMessage>().Task;
        }
        return fault == Fault.LoseAnswer ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : answer;
    }

    private HttpResponseMessage Carry(HttpRequestMessage request, string path, string? body)
    {
        if (path == "metadata")
            return Answer(200, Metadata());
        if (Sick.Contains(path))
            return Answer(500, null);
        if ((request.Method == HttpMethod.Get || path.EndsWith("/_search", StringComparison.Ordinal)) && NoScope.Contains(path.Split('/')[0]))
        {
            var no = Answer(403, null);
            no.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
            return no;
        }
        if (Refused.TryGetValue($"{request.Method} {(path.Length == 0 ? "/" : path.Split('/')[0])}", out var refused))
            return Answer(refused, null);
        if (Restricted is { } code && path.StartsWith("Patient", StringComparison.Ordinal))
            return Answer(403, JsonNode.Parse($$"""{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"forbidden","details":{"coding":[{"code":"{{code}}" } ] } } ] }""")!.AsObject());
        if (path.EndsWith("/_search", StringComparison.Ordinal))
            return Answer(200, Search(path[..^"/_search".Length], "?" + body));
        if (request.Method == HttpMethod.Get)
            return path.Contains('/') ? Read(path) : Answer(200, Search(path, request.RequestUri!.Query));
        if (path.Length == 0)
            return Transact(JsonNode.Parse(body!)!.AsObject());

        var (status, resource) = Write(request.Method.Method, path, JsonNode.Parse(body!)!.AsObject(), Header(request, "If-None-Exist"), Header(request, "If-Match"));
        return Answer(status, resource, status < 300 ? resource : null);
    }

    private HttpResponseMessage Transact(JsonObject bundle)
    {
        var before = resources.Select(resource => resource.DeepClone().AsObject()).ToList();
        var places = new Dictionary<string, string>();
        List<(JsonObject Entry, int Status, JsonObject? Resource)> done = [];
        var place = 0;
        foreach (var entry in bundle["entry"]!.AsArray().Select(entry => entry!.AsObject()))
        {
            var ask = entry["request"]!;
            var resource = entry["resource"]!.DeepClone().AsObject();
            var type = (string)resource["resourceType"]!;
            var (status, written) = Refused.TryGetValue($"{ask["method"]} {type}", out var refused) ? (refused, Outcome("not-supported", $"{type} is not supported"))
                : Write((string)ask["method"]!, (string)ask["url"]!, resource, (string?)ask["ifNoneExist"], (string?)ask["ifMatch"]);
            if (status >= 300 && RunsAsBatch)
            {
                done.Add((entry, status, written));
                continue;
            }
            if (status >= 300)
            {
                resources.Clear();
                resources.AddRange(before);
                var element = (string?)written!["issue"]![0]!["expression"]?[0];
                written["issue"]![0]!["expression"] = new JsonArray($"Bundle.entry[{place}]{(element is null ? "" : $".resource.{element}")}");
                return Answer(status, written);
            }
            if ((string?)entry["fullUrl"] is { } fullUrl)
                places[fullUrl] = $"{type}/{written!["id"]}";
            done.Add((entry, status, written));
            place++;
        }
        foreach (var one in RunsAsBatch ? [] : resources)
            Resolve(one, places);
        return Answer(200, new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "transaction-response",
            ["entry"] = new JsonArray([.. done.Select(one => (JsonNode)new JsonObject { ["response"] = one.Status >= 300 ? new JsonObject { ["status"] = $"{one.Status}", ["outcome"] = one.Resource!.DeepClone() } : new JsonObject { ["status"] = $"{one.Status}", ["location"] = $"{one.Resource!["resourceType"]}/{one.Resource["id"]}/_history/{one.Resource["meta"]!["versionId"]}" } })]),
        });
    }

    private (int Status, JsonObject? Resource) Write(string method, string path, JsonObject resource, string? ifNoneExist, string? ifMatch)
    {
        var type = path.Split('/')[0];
        if (Invalid(resource))
            return (422, Outcome("invalid", "not valid"));
        if (Picky(resource) is { } fault)
            return (400, Outcome(PickyWord, fault.Element, fault.Code));
        if (NotFound(resource))
            return (404, Outcome("not-found", "what it refers to is not here"));
        if (method == "PUT")
        {
            var old = resources.FirstOrDefault(one => $"{one["resourceType"]}/{one["id"]}" == path);
            if (old is null)
                return (404, Outcome("not-found", "gone"));
            if (ifMatch is not null && ifMatch != $"W/\"{old["meta"]!["versionId"]}\"")
                return (412, Outcome("conflict", "another version"));
            return (200, Store(resource));
        }
        if (ifNoneExist is not null && ConditionalCreates)
        {
            var matches = Search(type, "?" + ifNoneExist)["entry"]!.AsArray();
            if (matches.Count > 1)
                return (412, Outcome("duplicate", "several"));
            if (matches.Count == 1)
                return (200, matches[0]!["resource"]!.DeepClone().AsObject());
        }
        if (RefusesRepeats && type == "Observation" && resources.Any(one => (string?)one["resourceType"] == type && IsSame(one, resource, "subject", "reference") && IsSame(one, resource, "code", "coding") && IsSame(one, resource, "effectiveDateTime")))
            return (400, JsonNode.Parse("""{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"business-rule","details":{"coding":[{"code":"59189"}]},"expression":["code/instant"]}]}""")!.AsObject());
        resource["id"] = $"n{++ids}";
        if (Rewrites)
            Rewrite(resource);
        return (Created, Store(resource));
    }

    private static bool IsSame(JsonNode one, JsonNode other, params string[] path)
    {
        foreach (var step in path)
            (one, other) = (one[step]!, other[step]!);
        return JsonNode.DeepEquals(one, other);
    }

    private void Rewrite(JsonObject resource)
    {
        resource.Remove("identifier");
        if (resource["content"] is not JsonArray content || (string?)content[0]!["attachment"]!["data"] is not { } data)
            return;
        var lines = Encoding.UTF8.GetString(Convert.FromBase64String(data)).Split('\n');
        var html = $"<html><body>{string.Concat(lines.Select(line => $"<div><span>{System.Net.WebUtility.HtmlEncode(line).Replace(" ", "</span>&#32;<span>", StringComparison.Ordinal)}</span></div>"))}</body></html>";
        var rtf = $@"{{\rtf1\ansi {string.Join(@"\par ", lines.Select(line => string.Concat(line.Select(letter => letter < 128 ? letter is '{' or '}' or '\\' ? $@"\{letter}" : $"{letter}" : $@"\u{(short)letter}?"))))}\par}}";
        JsonArray rendered = [];
        foreach (var (type, text) in new[] { ("text/html", html), ("text/rtf", rtf) })
        {
            var id = $"b{++ids}";
            Store(new JsonObject { ["resourceType"] = "Binary", ["id"] = id, ["contentType"] = type, ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) });
            rendered.Add(new JsonObject { ["attachment"] = new JsonObject { ["contentType"] = type, ["url"] = $"Binary/{id}" } });
        }
        resource["content"] = rendered;
    }

    private JsonObject Store(JsonObject resource)
    {
        var old = resources.FirstOrDefault(one => (string?)one["resourceType"] == (string?)resource["resourceType"] && (string?)one["id"] == (string?)resource["id"]);
        var version = int.Parse((string?)old?["meta"]?["versionId"] ?? "0") + 1;
        var meta = resource["meta"] as JsonObject ?? [];
        resource["meta"] = null;
        meta["versionId"] = $"{version}";
        resource["meta"] = meta;
        if (old is not null)
            resources.Remove(old);
        resources.Add(resource);
        return resource.DeepClone().AsObject();
    }

    private JsonObject Search(string type, string query)
    {
        var asked = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (Name: Uri.UnescapeDataString(pair[0]), Value: Uri.UnescapeDataString(pair[1].Replace('+', ' ')).Replace("\\", "", StringComparison.Ordinal))).ToList();
        var found = resources.Where(one => (string?)one["resourceType"] == type && asked.All(ask => Fits(one, ask.Name, ask.Value.Split(',')))).Select(one => (JsonNode)new JsonObject { ["resource"] = one.DeepClone(), ["search"] = new JsonObject { ["mode"] = "match" } });
        if (Remarks.TryGetValue(type, out var remark))
            found = found.Append(new JsonObject { ["resource"] = JsonNode.Parse(remark), ["search"] = new JsonObject { ["mode"] = "outcome" } });
        return new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["entry"] = new JsonArray([.. found]) };
    }

    private static bool Fits(JsonObject resource, string name, string[] values) => name switch
    {
        "identifier" => Items(resource["identifier"]).Any(one => values.Contains($"{one["system"]}|{one["value"]}")),
        "_tag" => Items(resource["meta"]?["tag"]).Any(one => values.Contains($"{one["system"]}|{one["code"]}")),
        "patient" => values.Any(value => (string?)(resource["subject"] ?? resource["patient"])?["reference"] is { } subject && (subject == value || subject == $"Patient/{value}")),
        "participant" => Items(resource["participant"]).Any(one => values.Contains((string?)(one["member"] ?? one["individual"])?["reference"])),
        "practitioner" => values.Contains((string?)resource["practitioner"]?["reference"]),
        _ => true,
    };

    private static IEnumerable<JsonNode> Items(JsonNode? node) => node switch { JsonArray list => list.OfType<JsonNode>(), JsonNode one => [one], _ => [] };

    private static void Resolve(JsonNode? node, Dictionary<string, string> places)
    {
        switch (node)
        {
            case JsonObject one:
                if (one["reference"] is JsonValue value && value.TryGetValue<string>(out var urn) && places.TryGetValue(urn, out var place))
                    one["reference"] = place;
                foreach (var member in one.ToList())
                    Resolve(member.Value, places);
                break;
            case JsonArray list:
                foreach (var item in list)
                    Resolve(item, places);
                break;
        }
    }

    private HttpResponseMessage Read(string path) =>
        resources.FirstOrDefault(one => $"{one["resourceType"]}/{one["id"]}" == Merged.GetValueOrDefault(path, path)) is { } found ? Answer(200, found.DeepClone().AsObject()) : Answer(404, Outcome("not-found", "no such resource"));

    private JsonObject Metadata() => new()
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["kind"] = "instance",
        ["date"] = "2026-01-01",
        ["fhirVersion"] = "4.0.1",
        ["format"] = new JsonArray("json"),
        ["rest"] = new JsonArray(new JsonObject
        {
            ["mode"] = "server",
            ["interaction"] = Transactions ? new JsonArray(new JsonObject { ["code"] = "transaction" }) : new JsonArray(new JsonObject { ["code"] = "search-system" }),
            ["resource"] = new JsonArray([.. Types.Select(type => (JsonNode)new JsonObject
            {
                ["type"] = type,
                ["versioning"] = "versioned-update",
                ["conditionalCreate"] = ConditionalCreates,
                ["interaction"] = new JsonArray([.. new[] { "read", "search-type", "create", "update" }.Where(code => !NotDeclared.Contains($"{type}.{code}")).Select(code => (JsonNode)new JsonObject { ["code"] = code })]),
                ["searchParam"] = new JsonArray([.. new[] { "identifier", "_tag", "patient", "date" }.Concat(AlsoSearchedBy.Where(one => one.StartsWith($"{type}.", StringComparison.Ordinal)).Select(one => one[(type.Length + 1)..])).Select(name => (JsonNode)new JsonObject { ["name"] = name, ["type"] = "token" })]),
            })]),
        }),
    };

    private static JsonObject Outcome(string code, string text) => new()
    {
        ["resourceType"] = "OperationOutcome",
        ["issue"] = new JsonArray(new JsonObject { ["severity"] = "error", ["code"] = code, ["diagnostics"] = text }),
    };

    private static JsonObject Outcome(string code, string element, string? number) => new()
    {
        ["resourceType"] = "OperationOutcome",
        ["issue"] = new JsonArray(new JsonObject
        {
            ["severity"] = "error", ["code"] = code, ["expression"] = new JsonArray(element),
            ["details"] = new JsonObject { ["coding"] = number is null ? [] : new JsonArray(new JsonObject { ["code"] = number }) },
        }),
    };

    private static string? Header(HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static HttpResponseMessage Answer(int status, JsonObject? body, JsonObject? located = null)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body?.ToJsonString() ?? "", Encoding.UTF8, "application/fhir+json") };
        if (located?["id"] is { } id)
        {
            answer.Headers.TryAddWithoutValidation("Location", $"{BaseUrl}/{located["resourceType"]}/{id}/_history/{located["meta"]!["versionId"]}");
            answer.Headers.TryAddWithoutValidation("ETag", $"W/\"{located["meta"]!["versionId"]}\"");
        }
        return answer;
    }
}
