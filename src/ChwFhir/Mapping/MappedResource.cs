using System.Buffers;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>One FHIR resource that a note became.</summary>
/// <param name="Key">Name inside the note and in NoteStatus: <c>encounter</c>, <c>goal/garden</c>. Long-lived keys repeat in each programme: <see cref="Identity"/> tells them apart.</param>
/// <param name="FullUrl"><c>urn:uuid:</c> of the identity (UUID version 5); other resources of the note refer to it by this.</param>
/// <param name="Identity">The identifier that the EHR is given: <c>Resource.identifier</c>, for Provenance a <c>meta.tag</c>.</param>
/// <param name="LongLived">Lives across visits: looked up first and updated, never created again.</param>
public sealed record MappedResource(string Key, Resource Resource, string FullUrl, Identifier Identity, bool LongLived)
{
    /// <summary>What an address says as it is.</summary>
    private static readonly SearchValues<char> Unescaped = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/");

    /// <summary>The words that a later note under the same id is compared with (<c>id-reused</c>); null where there are none.</summary>
    public string? FoldedText { get; init; }

    /// <summary>
    /// Elements that stand here because FHIR wants them, and that nobody said (<c>lifecycleStatus</c>, of a step <c>activity/KEY/status</c>): of what is there already they change nothing.
    /// </summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Query for a conditional create: <c>identifier=system|value</c>, for Provenance <c>_tag=system|value</c>.</summary>
    public string IfNoneExist => $"{(Resource is Provenance ? "_tag" : "identifier")}={Query(Identity.System)}|{Query(Identity.Value)}";

    private static string Query(string? part) => part.AsSpan().ContainsAnyExcept(Unescaped) ? Escaped(part!) : part ?? "";

    private static string Escaped(string part) => Uri.EscapeDataString(part).Replace("%3A", ":", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal);
}
