using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>Whether the EHR holds a document already: under the document's own identifier, or because it is the one that keeps the original.</summary>
internal sealed class DocumentsThere(EhrQuestions questions, EhrConnection ehr, MappingOptions mapping)
{
    private const string Why = "the EHR has this document already";
    private const string Keeps = "the EHR's own organisation keeps the original of this document";

    /// <returns>No answer: it cannot be told now.</returns>
    public async Task<(DocumentThere? There, bool NoAnswer)> FindAsync(SummaryDocument document, Patient chart, CancellationToken cancellationToken)
    {
        if (document.Identifier is { } own && await ehr.CapabilitiesAsync(cancellationToken) is { } capabilities && capabilities.SearchesBy("DocumentReference", "identifier"))
        {
            var search = await questions.SearchAsync("DocumentReference",
                [new("patient", $"Patient/{chart.Id}"), new("identifier", $"{SearchText.Escape(own.System)}|{SearchText.Escape(own.Value)}")], cancellationToken);
            if (EhrQuestions.MayPass(search))
                return (null, true);
            // Servers leave out search parameters that they do not know: what they found is looked at again here. In another's chart it is not there.
            if (search.Matches.OfType<DocumentReference>().FirstOrDefault(found => IsIt(found, own.System, own.Value) && Subjects.MayBeOf(found, $"Patient/{chart.Id}")) is { } there)
                return (new DocumentThere($"DocumentReference/{there.Id}", Why), false);
        }
        return await IsCustodianAsync(document, chart, cancellationToken);
    }

    private async Task<(DocumentThere? There, bool NoAnswer)> IsCustodianAsync(SummaryDocument document, Patient chart, CancellationToken cancellationToken)
    {
        if (document is { Custodian: null, CustodianIdentifiers.Count: 0, CustodianReference: null })
            return (null, false);

        var site = mapping.Organization;
        foreach (var (reference, name) in new[] { (chart.ManagingOrganization?.Reference, chart.ManagingOrganization?.Display), (IsReference(site) ? site : null, IsReference(site) ? null : site) })
        {
            if (IsSameReference(document.CustodianReference, reference))
                return (new DocumentThere(null, Keeps), false);
            var keeps = (reference is null ? null : await questions.ReadAsync<Organization>(reference, cancellationToken)) switch
            {
                Lookup<Organization>.Found { Resource: var found } => IsIt(document, found),
                Lookup<Organization>.NoAnswer => (bool?)null,
                _ => IsSame(document.Custodian, name),
            };
            if (keeps is not false)
                return keeps is null ? (null, true) : (new DocumentThere(null, Keeps), false);
        }
        return (null, false);
    }

    private static bool IsIt(DocumentReference found, string system, string value) =>
        found.Status != DocumentReferenceStatus.EnteredInError && found.Identifier.Append(found.MasterIdentifier).Any(one => one is not null && one.System == system && one.Value == value);

    // Numbers of one kind say it either way; names alone, that two hospitals may share, where there is nothing to compare.
    private static bool IsIt(SummaryDocument document, Organization found) =>
        document.CustodianIdentifiers.Any(number => found.Identifier.Exists(one => one.System == number.System && one.Value == number.Value))
        || (!document.CustodianIdentifiers.Any(number => found.Identifier.Exists(one => one.System == number.System)) && IsSame(document.Custodian, found.Name));

    private static bool IsSame(string? one, string? other) => one is not null && other is not null && FoldedName.Of(one) is { Length: > 0 } folded && folded == FoldedName.Of(other);

    // A document's own reference means this EHR only where it says so.
    private bool IsSameReference(string? said, string? here) =>
        said is not null && here is not null && FhirReference.TryParse(said, out var parsed) && parsed.Base is not null && questions.Local(said) is { } one && questions.Local(here) is { } other && one.MayBe(other);

    private static bool IsReference(string? site) => site?.Contains("Organization/", StringComparison.Ordinal) is true;
}
