using ChwFhir.Fhir.Model;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>After-visit summaries: those that came to this service, and the chart's documents that are one by their type or their name.</summary>
internal static class SummaryReader
{
    private const int Most = 10;

    // Discharge summary, discharge and patient instructions, summary of an episode, visit summary (LOINC).
    private static readonly HashSet<string> Types = ["18842-5", "34105-7", "69730-0", "8653-8", "74213-0", "34133-9", "11490-0", "28655-9", "68608-9", "59258-4", "78583-2"];
    private static readonly string[] Names = ["after visit summary", "after-visit summary", "discharge summary", "discharge instruction", "patient instruction", "visit summary", "clinical summary", "resumen de la visita", "instrucciones de alta"];

    public static IReadOnlyList<SummaryFact> Read(IReadOnlyList<DocumentReference> documents, IReadOnlyList<OwnNote> notes)
    {
        var filed = notes.SelectMany(note => note.Stored.Resources).Where(row => row.State is ResourceState.Written or ResourceState.Existing).Select(row => row.Reference).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var own = notes.Where(note => note.Stored.Kind == "after-visit-summary").Select(note => new SummaryFact("", Said.Stamp(note.Stored.VisitTime), null, note.Stored.Id, note.Source));
        var others = documents.Where(document => document.Status is not DocumentReferenceStatus.EnteredInError and not DocumentReferenceStatus.Superseded && IsSummary(document) && !filed.Contains($"DocumentReference/{document.Id}")).Select(Of);
        return [.. own.Concat(others).NewestFirst(one => one.Date).Take(Most)];
    }

    public static SummaryFact Of(DocumentReference document) => new(
        Said.Text(document.Type) ?? Said.Clean(document.Description) ?? document.Content.Select(one => Said.Clean(one.Attachment?.Title)).FirstOrDefault(title => title is not null) ?? "",
        DateOf(document), document.Author.Select(one => Said.Clean(one.Display)).FirstOrDefault(name => name is not null), null, Said.Chart(document, DateOf(document)));

    public static bool IsSummary(DocumentReference document)
    {
        if (DirectiveKinds.Of([document.Type, .. document.Category]) is not null)
            return false;
        if (document.Type?.Coding.Any(coding => coding.System == Said.Loinc && coding.Code is not null && Types.Contains(coding.Code)) is true)
            return true;
        string?[] words = [Said.Text(document.Type), document.Description, .. document.Content.Select(one => one.Attachment?.Title)];
        return words.Any(text => text is not null && Names.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static string? DateOf(DocumentReference document) => Said.Clean(document.Context?.Period?.Start) ?? Said.Stamp(document.Date);
}
