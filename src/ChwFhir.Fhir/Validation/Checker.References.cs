using System.Collections.Frozen;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// References: the type that they point at, and whether what they point at is there when it must be.
internal sealed partial class Checker
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TypeNames = Enum.GetNames<ResourceType>().ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private void Target(string[] allowed, ResourceReference reference)
    {
        if (reference.Reference is not { } address)
        {
            if (allowed.Length > 0 && reference.Type is { } said && Array.IndexOf(allowed, said) < 0)
                Report(OperationOutcome.IssueType.Value, "reference-target", $"a reference to {string.Join(" or ", allowed)} belongs here");
            return;
        }

        if (address is ['#', ..])
            _links.Saw(address);

        var resolved = NeedsResolving(address) ? _links.Resolve(address)?.Resource : null;
        if (resolved is null && address.StartsWith("urn:", StringComparison.Ordinal) && IsMeantToBeWhole(_links.Bundle) && !_links.HasEntry(address))
            Report(OperationOutcome.IssueType.NotFound, "bundle-link", "no entry of the Bundle has this address as fullUrl");
        if (resolved is null && address is ['#', _, ..])
            Report(OperationOutcome.IssueType.Invariant, "ref-1", "nothing is contained under this id");
        if (allowed.Length == 0 && reference.Type is null)
            return;

        var type = resolved is null ? TypeIn(address) : resolved.TypeName;
        if (!type.IsEmpty && reference.Type is { } named && !type.SequenceEqual(named) && TypeNames.Contains(named) && TypeNames.Contains(type) && named is not ("Resource" or "DomainResource"))
            Report(OperationOutcome.IssueType.Value, "reference-type", "type names another type of resource than the one that is pointed at");
        if (type.IsEmpty && reference.Type is { } given)
            type = given;
        if (allowed.Length == 0 || type.IsEmpty || type.SequenceEqual("Resource"))
            return;

        foreach (var one in allowed)
        {
            if (type.SequenceEqual(one))
                return;
        }

        Report(OperationOutcome.IssueType.Value, "reference-target", $"a reference to {string.Join(" or ", allowed)} belongs here");
    }

    /// <summary>The type of resource that a reference points at; empty when it does not say.</summary>
    public ReadOnlySpan<char> TypeOf(ResourceReference reference)
    {
        if (reference.Reference is not { } address)
            return reference.Type;
        if (NeedsResolving(address))
            return _links.Resolve(address) is { } resolved ? resolved.Resource.TypeName : reference.Type;

        return TypeIn(address) is { IsEmpty: false } type ? type : reference.Type;
    }

    private static bool NeedsResolving(string address) => address is ['#', ..] or ['u', 'r', 'n', ':', ..];

    // Histories and search sets may point at what they do not hold.
    private static bool IsMeantToBeWhole(Bundle? bundle) =>
        bundle?.Type is Bundle.BundleType.Transaction or Bundle.BundleType.Batch or Bundle.BundleType.Document or Bundle.BundleType.Message or Bundle.BundleType.Collection;

    // Type/id at the end of an address, Type/id/_history/version, or Type?criteria.
    private static ReadOnlySpan<char> TypeIn(ReadOnlySpan<char> address)
    {
        if (address.IndexOf("/_history/") is var history and > 0)
            address = address[..history];
        var question = address.IndexOf('?');
        if (question >= 0)
            address = address[..question];
        else if (address.LastIndexOf('/') is var slash and > 0)
            address = address[..slash];
        else
            return default;

        var type = address[(address.LastIndexOf('/') + 1)..];

        // An address of elsewhere may have any path; only one of R4's types says what is there.
        if (address.Contains("://", StringComparison.Ordinal))
            return TypeNames.Contains(type) ? type : default;
        return type.Length > 0 && char.IsAsciiLetterUpper(type[0]) && !type.ContainsAny(":.-") ? type : default;
    }
}
