using System.Text.Json;
using System.Text.Json.Serialization;
using ChwFhir.Intake;

namespace ChwFhir.CareTeam;

/// <summary>What a message says, as it is stored.</summary>
internal sealed record MessageBody(string Text, string? Topic, IReadOnlyList<string> About, bool NeedsReply, IReadOnlyList<string> Symptoms)
{
    /// <summary>The message that this one answers or goes on from.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Whom to call, as it was written; <see cref="Text"/> begins with the same in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Callback? Callback { get; init; }

    /// <summary>What of it the rules wrote, apart from its words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RaisedByRules? Raised { get; init; }

    /// <summary>Of a screening that was marked as restricted: not for CHWs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Restricted { get; init; }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    public static MessageBody Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize<MessageBody>(body.Span, JsonSerializerOptions.Web)!;
}
