using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>What a resource that was handed in says of who may see it.</summary>
internal static class SecurityLabels
{
    private const string Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    // From the mildest to the strictest.
    private static readonly string[] Order = ["U", "L", "M", "N", "R", "V"];

    /// <summary>What is no code by its blanks is made one: a label is not lost for them, and what bears it is valid.</summary>
    public static IReadOnlyList<DocumentCode> Of(IEnumerable<Coding> labels) =>
    [
        .. labels.Select(label => new DocumentCode(label.System is { } system && !system.Any(char.IsWhiteSpace) ? system : null, Sayings.Trimmed(string.Join(' ', (label.Code ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))), Sayings.Trimmed(label.Display)))
            .Where(label => label.Code is not null).DistinctBy(label => (label.System, label.Code)),
    ];

    public static IEnumerable<Coding> Of(Resource? resource) => resource?.Meta?.Security ?? [];

    /// <summary>The strictest confidentiality among labels and what was said without them; a cover makes nothing milder.</summary>
    public static string? Strictest(IEnumerable<DocumentCode> labels, string? said) =>
        labels.Where(label => label.System == Confidentiality).Select(label => label.Code!).Append(said ?? "").Where(Order.Contains).MaxBy(code => Array.IndexOf(Order, code)) ?? said;
}
