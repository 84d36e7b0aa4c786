using System.Text.Json;

namespace ChwFhir.Fhir.Generator;

/// <summary>Which elements stay in a part of a resource (_summary, _elements): names and nothing else, so that the door of the service has them with either SDK's classes.</summary>
public static class BaseElements
{
    // As many as /fhir has; a test there holds that none is missing.
    private static readonly string[] Resources =
    [
        "CarePlan", "Communication", "Condition", "DocumentReference", "Encounter", "Goal", "Observation", "Provenance", "QuestionnaireResponse", "RelatedPerson", "ServiceRequest", "Task",
    ];

    // These the door keeps of every resource.
    private static readonly string[] Everywhere = ["id", "meta", "implicitRules", "modifierExtension"];

    public static string Generate(Definitions definitions)
    {
        var text = new SourceText().Line().Line("namespace ChwFhir.Api.Fhir;").Line();
        text.Open("internal static partial class BaseElements").Open("private static readonly Dictionary<string, (string[] Always, string[] Summary)> All = new(StringComparer.Ordinal)");
        foreach (var resource in Resources)
        {
            var elements = definitions.Types[resource].GetProperty("snapshot").Items("element").Where(element => element.Text("path")!.Contains('.')).ToList();
            var own = elements.Where(element => element.Text("path")!.Count(letter => letter == '.') == 1 && !Everywhere.Contains(Name(element))).ToList();
            text.Line($"[\"{resource}\"] = ({List(own.Where(IsNeeded))},").Line($"    {List(own.Where(element => !IsNeeded(element) && IsInSummary(element, elements)))}),");
        }

        return text.Close(";").Close().ToString();
    }

    private static bool IsNeeded(JsonElement element) => element.GetProperty("min").GetInt32() > 0 || element.Flag("isModifier");

    // One that is not marked itself stays for what is marked in it: Condition.evidence for its code.
    private static bool IsInSummary(JsonElement element, List<JsonElement> all) =>
        element.Flag("isSummary") || all.Exists(inner => inner.Text("path")!.StartsWith(element.Text("path") + ".", StringComparison.Ordinal) && inner.Flag("isSummary") && !Everywhere.Contains(Name(inner)));

    private static string Name(JsonElement element) => element.Text("path")!.Split('.')[^1];

    private static string List(IEnumerable<JsonElement> elements) => $"[{string.Join(", ", elements.Select(element => $"\"{Name(element).Replace("[x]", "*", StringComparison.Ordinal)}\""))}]";
}
