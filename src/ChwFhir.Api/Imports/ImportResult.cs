using System.Text.Json.Serialization;
using ChwFhir.Intake;

namespace ChwFhir.Api.Imports;

/// <summary>What became of one document of an import; repeats nothing of it but its id.</summary>
/// <param name="Line">Number of its line, from 1, the empty ones counted; 0 for a file that is one document.</param>
/// <param name="Status">The status that the document would have been answered with by itself: 202 taken, 200 here already, 400, 409, 413, 415, 422, 503.</param>
/// <param name="Kind"><c>visit-note</c>, <c>after-visit-summary</c> or <c>questionnaire-response</c>; null where it could not be told.</param>
internal sealed record ImportResult(long Line, int Status, string? Kind)
{
    /// <summary>The service has it, now or from before.</summary>
    [JsonIgnore]
    public bool IsKept => Status is StatusCodes.Status202Accepted or StatusCodes.Status200OK;

    /// <summary>What is kept, for the audit.</summary>
    [JsonIgnore]
    public NoteStatus? Note { get; init; }

    /// <summary>Where it came from a file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? File { get; init; }

    /// <summary>Of a batch of HL7 v2: which of its messages, from 1. Each has a result of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Message { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Location { get; init; }

    /// <summary>Why it was refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Every fault with its pointer into the document.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NoteFault>? Errors { get; init; }
}
