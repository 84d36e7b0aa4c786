using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake;

/// <summary>
/// FHIR of others, held to the specification and not to what it claims besides: what they promised is between them and whoever asked. All that is wrong is
/// told at once.
/// </summary>
internal static class FhirAtTheDoor
{
    // Told and taken all the same: nothing of what is read here hangs on it, and it is passed on as it is.
    private static readonly HashSet<string> Forgiven = ["unknown-element", "resource-type", "txt-1", "txt-2", "dom-2", "dom-3", "dom-4", "dom-5", "ext-1", "bundle-fullurl", "bundle-link", "reference-type", "bdl-1", "bdl-2", "bdl-7", "bdl-8"];

    private static readonly FhirValidation Specification = new(ProfileSet.None);

    /// <summary>What is wrong, each with its JSON Pointer.</summary>
    public static IEnumerable<(NoteFault Fault, bool IsForgiven)> Look(Resource resource) => Specification.Validate(resource).Errors
        .Select(error => (new NoteFault(error.Pointer, "not-valid", $"{error.Text} ({error.Rule})"), Forgiven.Contains(error.Rule)));
}
