using System.Text.Json.Serialization;

namespace ChwFhir.SmartApp.MyChw;

/// <summary>Somebody of a programme, as far as the programme says it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CardPerson
{
    public string? Name { get; init; }

    public string? Phone { get; init; }

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyDictionary<string, string> Reach { get; init; } = new Dictionary<string, string>();

    public CardPerson? Supervisor { get; init; }

    /// <summary>A JPEG, PNG or WebP beside the card file.</summary>
    public string? Photo { get; init; }
}
