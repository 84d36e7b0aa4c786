using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Ehr;

/// <summary>Which types of documents a server files, where it lists them: the expansion of what it binds <c>DocumentReference.type</c> to.</summary>
internal static class NoteTypes
{
    private const string Context = "http://hl7.org/fhir/StructureDefinition/DocumentReference#DocumentReference.type";

    // A page of types is a list; thousands of them are the whole of LOINC, and say nothing.
    private const int LongestList = 2000;

    /// <returns><c>system|code</c> of each; null where the server does not tell.</returns>
    public static async Task<IReadOnlySet<string>?> AskAsync(FhirClient client, CapabilityStatement statement, CancellationToken cancellationToken)
    {
        if (!MayTell(statement))
            return null;

        var answer = await client.ExpandAsync([new("context", Context), new("contextDirection", "incoming")], cancellationToken);
        return answer is FhirAnswer.Done { Resource: ValueSet { Expansion.Contains: { Count: > 0 and < LongestList } listed } } ? Codes(listed).ToHashSet(StringComparer.Ordinal) : null;
    }

    private static bool MayTell(CapabilityStatement statement) =>
        statement.Rest.Any(rest => rest.Operation.Any(operation => IsExpand(operation.Name))
            || rest.Resource.Any(resource => resource.Type == nameof(ValueSet) && resource.Operation.Any(operation => IsExpand(operation.Name)))
            // Servers that make their own encounters file notes by a list of types, and seldom declare where it is.
            || (rest.Resource.Any(resource => resource.Type == nameof(ValueSet)) && rest.Resource.Any(resource => resource.Type == nameof(DocumentReference) && Creates(resource))
                && !rest.Resource.Any(resource => resource.Type == nameof(Encounter) && Creates(resource))));

    private static bool Creates(CapabilityStatement.ResourceComponent resource) => resource.Interaction.Any(interaction => interaction.Code == CapabilityStatement.TypeRestfulInteraction.Create);

    private static bool IsExpand(string? name) => name is "expand" or "$expand";

    private static IEnumerable<string> Codes(IEnumerable<ValueSet.ContainsComponent> listed) =>
        listed.SelectMany(one => Codes(one.Contains).Prepend($"{one.System}|{one.Code}")).Where(code => code.Length > 1);
}
