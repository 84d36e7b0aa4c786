using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Smart;

namespace ChwFhir.Sandbox.Rest;

/// <summary>One interaction, whether it came as an HTTP request or as an entry of a batch or transaction.</summary>
internal sealed record FhirRequest(string Method, string Path, string Query = "")
{
    public JsonObject? Body { get; init; }
    public string? IfMatch { get; init; }
    public string? IfNoneMatch { get; init; }
    public string? IfNoneExist { get; init; }

    /// <summary><c>Prefer: return=…</c>; absent means representation.</summary>
    public string? Return { get; init; }

    /// <summary><c>Prefer: handling=strict</c>: an unknown search parameter is an error.</summary>
    public bool Strict { get; init; }

    /// <summary>FHIR JSON was asked for by name, so that a Binary comes as a resource and not as itself.</summary>
    public bool WantsFhir { get; init; }

    /// <summary>The base as the caller wrote it; null for what came in a Bundle.</summary>
    public Uri? Base { get; init; }

    /// <summary>What the caller may do; the entries of a Bundle have that of the Bundle.</summary>
    public Access Access { get; init; } = Access.Everything;

    public string[] Segments => Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    public bool IsRead => Method is "GET" or "HEAD" || (Method == "POST" && Path.EndsWith("/_search", StringComparison.Ordinal));
}
