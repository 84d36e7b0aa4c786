using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ChwFhir.Tests.Chart;

/// <summary>Answers of Epic's sandbox as somebody recorded them, given again: by type and patient, or by reference. What was not recorded is a 403, as most of what an app has no scope for.</summary>
internal sealed class RecordedEpic : HttpMessageHandler
{
    private readonly Dictionary<string, JsonNode> answers = new(StringComparer.Ordinal);
    private readonly string folder;

    public RecordedEpic(string folder)
    {
        this.folder = folder;
        var index = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "index.json")))!.AsObject();
        foreach (var recorded in index.Select(member => member.Value).OfType<JsonArray>().SelectMany(list => list).OfType<JsonObject>())
        {
            var address = new Uri((string)recorded["url"]!);
            var name = address.AbsolutePath[(address.AbsolutePath.IndexOf("/R4/", StringComparison.Ordinal) + 4)..];
            answers.TryAdd(name, recorded);
            if (name.StartsWith("Patient/", StringComparison.Ordinal))
                Patient = name;
        }
    }

    public string Patient { get; } = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var name = path[(path.IndexOf("/fhir/", StringComparison.Ordinal) + 6)..];
        if (!answers.TryGetValue(name, out var recorded))
            return new HttpResponseMessage(HttpStatusCode.Forbidden) { RequestMessage = request };

        var answer = new HttpResponseMessage((HttpStatusCode)(int)recorded["status"]!) { RequestMessage = request };
        var file = (string?)recorded["file"];
        if (file is null)
            return answer;
        var place = file.StartsWith("(same body as) recorded/", StringComparison.Ordinal) ? Path.Combine(folder, "..", file["(same body as) recorded/".Length..]) : Path.Combine(folder, file);
        var body = await File.ReadAllBytesAsync(place, cancellationToken);
        answer.Content = new ByteArrayContent(body);
        answer.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        return answer;
    }
}
