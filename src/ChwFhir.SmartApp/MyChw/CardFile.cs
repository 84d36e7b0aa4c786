using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChwFhir.SmartApp.MyChw;

/// <summary>What a programme says of its CHWs, in each language of the pages: what they do here and what they do not, how to reach them, who supervises them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CardFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string? Id { get; init; }

    public string? Date { get; init; }

    public string? Source { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Does { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyDictionary<string, IReadOnlyList<string>> DoesNot { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>How and when they are reached.</summary>
    public IReadOnlyDictionary<string, string> Reach { get; init; } = new Dictionary<string, string>();

    public CardPerson? Supervisor { get; init; }

    /// <summary>What is so of one of them, by <c>Practitioner/x</c>.</summary>
    public IReadOnlyDictionary<string, CardPerson> People { get; init; } = new Dictionary<string, CardPerson>();

    /// <exception cref="JsonException">It is not of this form, with where.</exception>
    public static CardFile Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<CardFile>(json, Json) ?? throw new JsonException("There is nothing in it.");

    /// <summary>What is shipped, which no programme has signed.</summary>
    public static CardFile Shipped()
    {
        using var file = typeof(Intake.VisitNote).Assembly.GetManifestResourceStream("programme/card.json")!;
        return JsonSerializer.Deserialize<CardFile>(file, Json)!;
    }
}
