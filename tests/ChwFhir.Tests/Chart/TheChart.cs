using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.Tests.Chart;

/// <summary>A chart as an EHR serves it, and how it behaves: the far shore of every test of this folder.</summary>
internal sealed class TheChart : HttpMessageHandler
{
    public const string Base = "https://ehr.example/fhir", Patient = "Patient/rosa";
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.FromHours(-5));
    private readonly Dictionary<string, JsonObject> resources = [];
    private readonly Dictionary<string, int> refused = [];
    private readonly HashSet<string> silent = [];
    private readonly List<string> asked = [];

    public SteppedClock Clock { get; } = new(Now);

    /// <summary>Resources a page.</summary>
    public int Page { get; set; } = 100;

    /// <summary>Nothing is answered before it is over.</summary>
    public Task Answers { get; set; } = Task.CompletedTask;

    public bool GivesTags { get; set; }

    /// <summary>Refuses a search without this parameter, as Epic does: type and name.</summary>
    public (string Type, string Name)? Wants { get; set; }

    public IReadOnlyList<string> Asked { get { lock (asked) return [.. asked]; } }

    public int NotModified { get; private set; }

    public TheChart With(params string[] json)
    {
        foreach (var one in json.Select(text => JsonNode.Parse(text)!.AsObject()))
            resources[$"{one["resourceType"]}/{one["id"]}"] = one;
        return this;
    }

    public TheChart Refuses(string type, int status)
    {
        refused[type] = status;
        return this;
    }

    public TheChart IsSilentOn(string type)
    {
        silent.Add(type);
        return this;
    }

    public TheChart AnswersAgainOn(string type)
    {
        silent.Remove(type);
        return this;
    }

    public ChartEyes Eyes(Caller? caller = null, bool alwaysWithholds = false) => new("the reader", caller ?? Chw, new Uri(Base), this) { AlwaysWithholds = alwaysWithholds };

    public static Caller Chw { get; } = Somebody(Role.Chw);

    public static Caller Somebody(Role role) => new("dolores", "Dolores W.", new HashSet<Role> { role }, "Practitioner/chw-1", CallerKind.Token, null);

    public ChwFhir.Chart.Charts Charts(string? withhold = null) => new(new Sensitivity(Options.Create(new SensitivityOptions { Withhold = withhold })), Options.Create(new EhrOptions { BaseUrl = Base }), Clock);

    public OverviewReading Begin(Caller? caller = null, IReadOnlyList<OwnNote>? notes = null, IReadOnlyList<LongLivedRow>? own = null, IReadOnlyList<MessageView>? messages = null, ChwFhir.Chart.Charts? charts = null) => new(
        (charts ?? Charts()).Open(Eyes(caller), Patient), Task.FromResult(notes ?? []), Task.FromResult(own ?? []), Task.FromResult(messages ?? []), new TeamCaller("Practitioner/chw-1", ["chw"]), PlainWords.Default, "urn:chwfhir:note", Now);

    public Task<Overview> ReadAsync(Caller? caller = null, IReadOnlyList<OwnNote>? notes = null, IReadOnlyList<LongLivedRow>? own = null, IReadOnlyList<MessageView>? messages = null) =>
        WholeAsync(Begin(caller, notes, own, messages));

    /// <summary>The whole overview; whoever waits for a second try of a question has the clock moved on for them.</summary>
    public async Task<Overview> WholeAsync(OverviewReading reading)
    {
        var whole = reading.WholeAsync(CancellationToken.None);
        while (!whole.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(whole, Task.Delay(5));
        }
        return await whole;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        lock (asked)
            asked.Add(address.PathAndQuery);
        await Answers;
        var path = address.AbsolutePath["/fhir/".Length..].Split('/');
        var query = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]));
        if (silent.Contains(path[0]))
            throw new HttpRequestException(HttpRequestError.ConnectionError, "silent");
        if (refused.TryGetValue(path[0], out var status))
            return new HttpResponseMessage((HttpStatusCode)status);
        if (path is [var type, var id])
            return resources.TryGetValue($"{type}/{id}", out var one) ? Answer(request, one, $"\"{one.ToJsonString().Length}\"") : new HttpResponseMessage(HttpStatusCode.NotFound);
        if (Wants is { } wanted && wanted.Type == path[0] && !query.ContainsKey(wanted.Name))
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        return Search(request, path[0], int.TryParse(query.GetValueOrDefault("page"), out var page) ? page : 0);
    }

    private HttpResponseMessage Search(HttpRequestMessage request, string type, int page)
    {
        var all = resources.Values.Where(one => (string?)one["resourceType"] == type).ToList();
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["entry"] = new JsonArray([.. all.Skip(page * Page).Take(Page).Select(one => new JsonObject { ["resource"] = one.DeepClone(), ["search"] = new JsonObject { ["mode"] = "match" } })]) };
        if (all.Count > (page + 1) * Page)
            bundle["link"] = new JsonArray(new JsonObject { ["relation"] = "next", ["url"] = $"{Base}/{type}?page={page + 1}" });
        return Answer(request, bundle, $"W/\"{all.Count}\"");
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, JsonNode body, string tag)
    {
        if (GivesTags && request.Headers.TryGetValues("If-None-Match", out var known) && known.Contains(tag))
        {
            NotModified++;
            return new HttpResponseMessage(HttpStatusCode.NotModified) { RequestMessage = request };
        }
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) };
        if (GivesTags)
            answer.Headers.TryAddWithoutValidation("ETag", tag);
        return answer;
    }
}
