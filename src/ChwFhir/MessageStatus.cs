using System.Text.Json.Serialization;

namespace ChwFhir;

/// <summary>How far a message of the note has come on its way to a person.</summary>
/// <param name="Reach"><c>waiting</c>, <c>notified</c>, <c>opened</c>, <c>taken</c> or <c>closed</c>.</param>
/// <param name="Call">The clinic's phone, where an urgent message is not opened and nobody is told of it: call.</param>
public sealed record MessageStatus(string Key, string Reach, string? By = null, DateTimeOffset? At = null, string? Call = null)
{
    /// <summary>For the few it is for: others learn that there is one, and how far it is.</summary>
    [JsonIgnore]
    public bool Held { get; init; }
}
