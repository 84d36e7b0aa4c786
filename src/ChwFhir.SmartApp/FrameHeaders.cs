using ChwFhir.Ehr;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp;

/// <summary>What a browser may do with the pages of the app: run scripts and load styles of ours only, ask nobody but us, and be framed by the EHR alone.</summary>
internal sealed class FrameHeaders
{
    private readonly Lazy<(string Policy, bool Framed)> said;

    public FrameHeaders(IOptions<AppOptions> options, IOptions<EhrOptions> ehr) => said = new(() =>
    {
        var ancestors = options.Value.FrameAncestors?.Trim() ?? $"'self' {new Uri(ehr.Value.BaseUrl!).GetLeftPart(UriPartial.Authority)}";
        return ($"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}", ancestors != "'none'");
    });

    public void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = said.Value.Policy;
        // It knows no list of who may; the policy does.
        if (said.Value.Framed)
            headers.Remove("X-Frame-Options");
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    }
}
