using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ChwFhir.Intake.Summaries;

/// <summary>What a call says beside the document, checked: whose it is, of which visit, under which id.</summary>
public sealed record SummaryHeaders(NotePatient? Patient, string? Encounter, string? Id)
{
    public const string PatientHeader = "X-Chw-Patient";
    public const string EncounterHeader = "X-Chw-Encounter";
    public const string IdHeader = "X-Chw-Document-Id";

    private const int LongestId = 64;

    private static readonly SearchValues<char> InId = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <param name="faults">Where what is wrong with them is added; the pointer is the header's name.</param>
    /// <param name="patientNeeded">The form itself names nobody.</param>
    public static SummaryHeaders Read(SummaryCall call, List<NoteFault> faults, bool patientNeeded = false)
    {
        var patient = Reference(call.Patient, PatientHeader, "Patient", faults);
        if (patientNeeded && string.IsNullOrWhiteSpace(call.Patient))
            faults.Add(new NoteFault(PatientHeader, "patient-missing", $"A printed summary does not say in a sure way whose it is: send the header {PatientHeader} with a reference such as Patient/123."));
        var encounter = Reference(call.Encounter, EncounterHeader, "Encounter", faults);
        var id = string.IsNullOrWhiteSpace(call.DocumentId) ? null : call.DocumentId.Trim();
        if (id is not null && !IsId(id))
            faults.Add(new NoteFault(IdHeader, "bad-id", $"must be 1 to {LongestId} of A–Z, a–z, 0–9, '.', '_' and '-', and not a step in a path"));
        return new SummaryHeaders(patient is null ? null : new NotePatient { Reference = patient }, encounter, id);
    }

    /// <summary>The id of the summary: the caller's, else the document's own, else its content's.</summary>
    public string IdOr(PersonIdentifier? own, string contentHash) => Id ?? Fit(own?.Value) ?? IdOfContent(contentHash);

    /// <summary>The id of what has none of its own. The same printed words for two patients, or at two visits, are two documents: whom and which visit the call names belongs to it.</summary>
    internal string IdOfContent(string contentHash) => Patient is null && Encounter is null ? contentHash
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{contentHash}|{WithoutBase(Patient?.Reference)}|{WithoutBase(Encounter)}")));

    /// <summary>An identifier as an id: the characters that none may have become <c>-</c>; what is too long is named by its hash.</summary>
    public static string? Fit(string? identifier)
    {
        if (string.IsNullOrWhiteSpace(identifier))
            return null;

        var text = identifier.Trim();
        foreach (var prefix in (ReadOnlySpan<string>)["urn:oid:", "urn:uuid:"])
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                text = text[prefix.Length..];
        }

        if (text.Length > LongestId)
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

        var fit = string.Create(text.Length, text, (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                to[i] = InId.Contains(from[i]) ? from[i] : '-';
        });
        return IsId(fit) ? fit : null;
    }

    // A chart is the same whether it is named by its absolute URL or not.
    private static string? WithoutBase(string? reference) => reference is not null && FhirReference.TryParse(reference, out var parsed) ? $"{parsed.Type}/{parsed.Id}" : reference;

    private static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.AsSpan().IndexOfAnyExcept(InId) < 0 && text is not ("." or "..");

    private static string? Reference(string? header, string name, string type, List<NoteFault> faults)
    {
        if (string.IsNullOrWhiteSpace(header))
            return null;

        var text = header.Trim();
        if (FhirReference.TryParse(text, out var reference) && reference.Type == type)
            return text;

        faults.Add(new NoteFault(name, "bad-reference", $"must be a FHIR reference to {type}, such as {type}/123 or its absolute URL"));
        return null;
    }
}
