using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using Microsoft.Extensions.Options;

namespace ChwFhir.Access;

/// <summary>
/// What of the EHR is not shown to CHWs: resources that their server marked as restricted or very restricted (R, V; documents also in their <c>securityLabel</c>), and those with a label of the site's own list (behavioural health, substance use, …).
/// Whoever leaves something out says that there is something, never what.
/// </summary>
public sealed class Sensitivity(IOptions<SensitivityOptions> options)
{
    private static readonly string[] Always = ["R", "V"];
    private readonly HashSet<string> codes = [.. Always, .. options.Value.Withhold?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []];

    /// <summary>Whoever also has another role that sees patients sees by that one.</summary>
    public bool IsWithheld(Caller caller, Resource resource) => Withholds(caller) && IsLabelled(resource);

    /// <summary>There may be something that they are not shown.</summary>
    public static bool Withholds(Caller caller) => caller.Is(Role.Chw) && !caller.IsAny(Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor);

    /// <summary>It has such a label: what it says goes into nothing that CHWs read besides others (a document, an issue of a note).</summary>
    public bool IsLabelled(Resource resource) => resource.Meta?.Security.Any(IsOne) is true || (resource is DocumentReference document && document.SecurityLabel.Any(label => label.Coding.Any(IsOne)));

    /// <summary>The same of what was said about an input that was handed in.</summary>
    public bool IsLabelled(IEnumerable<Coding> labels) => labels.Any(IsOne);

    /// <summary>What a note became, without what its reader is not shown: nearly always the same bytes.</summary>
    public byte[] Shown(Caller caller, byte[] bundle)
    {
        if (!Withholds(caller) || bundle.AsSpan().IndexOf("\"security"u8) < 0 || FhirJson.Read<Bundle>(bundle).Resource is not { } read || read.Entry.RemoveAll(entry => entry.Resource is { } resource && IsLabelled(resource)) == 0)
            return bundle;
        return FhirJson.ToBytes(read);
    }

    private bool IsOne(Coding label) => label.Code is { } code && codes.Contains(code);
}
