using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Epic;

/// <summary>
/// One FHIR type is several interfaces there, and a client has some of them. A search that does not say which kind it wants is told, for each
/// that the client lacks, that it is left out.
/// </summary>
internal static class Suppressed
{
    private static readonly Dictionary<string, string[]> Kinds = new()
    {
        ["DocumentReference"] = ["Document Information", "OASIS", "HIS", "Handoff", "Generated CDAs", "IRF-PAI", "Minimum Data Set", "External CDAs", "Clinical References", "Radiology Results", "Correspondences"],
        ["Condition"] = ["Encounter Diagnosis", "Genomics", "Dental Finding", "Infection", "Medical History", "Reason For Visit"],
    };

    public static IEnumerable<JsonObject> Issues(string type, IReadOnlyList<(string Name, string Value)> asked) =>
        Kinds.TryGetValue(type, out var kinds) && !asked.Any(pair => pair.Name is "category" or "type" or "_id")
            ? kinds.Select(kind => Numbers.Issue("59204", $"Client not authorized for {type} - {kind}. Search results of this type have not been included."))
            : [];
}
