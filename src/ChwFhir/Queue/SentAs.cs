using System.Text.Json;

namespace ChwFhir.Queue;

/// <summary>What a caller said of the bytes beside them; kept with them, since only both together can be read again.</summary>
/// <param name="ContentType">Media type with its parameters, as sent.</param>
/// <param name="Patient">Header <c>X-Chw-Patient</c>.</param>
/// <param name="Encounter">Header <c>X-Chw-Encounter</c>.</param>
/// <param name="DocumentId">Header <c>X-Chw-Document-Id</c>.</param>
public sealed record SentAs(string ContentType, string? Patient = null, string? Encounter = null, string? DocumentId = null)
{
    /// <summary>What was taken before anything else was.</summary>
    public static readonly SentAs Json = new("application/json");

    /// <summary>As it stands in a column; null says nothing but the media type.</summary>
    internal string? Headers => this with { ContentType = "" } == new SentAs("") ? null : JsonSerializer.Serialize(new Beside(Patient, Encounter, DocumentId));

    /// <summary>The column of the media type; null for what everybody sends.</summary>
    internal string? MediaType => ContentType == Json.ContentType ? null : ContentType;

    internal static SentAs Of(string? mediaType, string? headers)
    {
        if (headers is null)
            return mediaType is null ? Json : new SentAs(mediaType);
        var beside = JsonSerializer.Deserialize<Beside>(headers)!;
        return new SentAs(mediaType ?? Json.ContentType, beside.Patient, beside.Encounter, beside.DocumentId);
    }

    private sealed record Beside(string? Patient, string? Encounter, string? DocumentId);
}
