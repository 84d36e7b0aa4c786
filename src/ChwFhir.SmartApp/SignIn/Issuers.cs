using ChwFhir.Ehr;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>The addresses of the one EHR that this instance serves. What is not among them is never asked anything.</summary>
internal sealed class Issuers(IOptions<AppOptions> options, IOptions<EhrOptions> ehr)
{
    private readonly string[] listed = AppOptionsCheck.Issuers(options.Value.Issuers) is var set && set.Any() ? [.. set] : [ehr.Value.BaseUrl!.TrimEnd('/')];

    /// <summary>Where a standalone launch goes.</summary>
    public string Own => listed[0];

    /// <returns>As the settings write it; null when it is none of them.</returns>
    public string? Find(string? iss) => iss is null || !Uri.TryCreate(iss, UriKind.Absolute, out var asked) || asked is not { Query: "", Fragment: "", UserInfo: "" }
        ? null
        : listed.FirstOrDefault(one => Same(new Uri(one), asked));

    // Scheme and host in any case, default ports said or not, a slash at the end or not; paths letter by letter.
    private static bool Same(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase)
        && one.AbsolutePath.TrimEnd('/').Equals(other.AbsolutePath.TrimEnd('/'), StringComparison.Ordinal);
}
