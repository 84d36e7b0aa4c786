using System.Text.Json;
using System.Text.Json.Serialization;
using ChwFhir.Intake;

namespace ChwFhir.CareTeam;

/// <summary>What a reply says, as it is stored.</summary>
internal sealed record ReplyBody(string Text, string For, string Will)
{
    /// <summary>Until when it is done, as FHIR writes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>What is for the patient is said to them by whoever calls, and by no CHW.</summary>
    [JsonIgnore]
    public bool IsForAnotherCaller => For == Words.Of(ReplyFor.PatientCallNeeded);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    public static ReplyBody Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize<ReplyBody>(body.Span, JsonSerializerOptions.Web)!;
}
