using System.Text.Json;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>What a note would become on this EHR, as far as that can be said within a second; an EHR that does not answer never fails it.</summary>
internal sealed class Preview(EhrConnection ehr, Resolver resolver, KnownReader knownReader, NoteEditions editions, MappingOptions mapping, IOptions<PlanningOptions> planning, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly NoteIssue NotAsked = new("warning", "not-yet-checked", null, "the EHR did not answer in time: the preview shows what one that takes everything would get");

    public async Task<PreviewResult> ShowAsync(VisitNoteReading.Read read, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        var asked = ehr.Endpoint.ReadsPausedUntil is null;
        var resolution = asked ? await InTimeAsync(() => resolver.ResolveAsync(read.Note, int.MaxValue, either.Token), enough, cancellationToken) : null;
        var capabilities = asked ? await InTimeAsync(() => ehr.CapabilitiesAsync(either.Token), enough, cancellationToken) : null;

        var resolved = (resolution as Resolution.Resolved)?.Note ?? AsWritten(read.Note);
        var mapped = NoteMapper.Map(read.Note, read.ContentHash, resolved, mapping);
        var known = resolution is Resolution.Resolved && capabilities is not null
            ? await InTimeAsync(() => knownReader.ReadAsync(null, read.Note, resolved, mapped, capabilities, either.Token), enough, cancellationToken) as KnownReading.Read
            : null;
        var plan = Planner.Plan(mapped, capabilities ?? EhrCapabilities.Everything, known?.Known ?? new Known { VisitTime = read.Note.Visit.Start, Encounter = resolved.Encounter }, planning.Value);

        IReadOnlyList<NoteIssue> issues =
        [
            .. read.Issues, .. resolved.Issues, .. mapped.Issues, .. plan.Issues,
            .. resolution is Resolution.Wrong { Issue: var wrong } ? [wrong with { Severity = "warning" }] : Array.Empty<NoteIssue>(),
            .. resolution is null or Resolution.NoAnswer || capabilities is null ? [NotAsked] : Array.Empty<NoteIssue>(),
            .. plan.Blocked is { } blocked ? [blocked with { Severity = "warning" }] : Array.Empty<NoteIssue>(),
        ];
        return new PreviewResult.Previewed(FhirJson.ToBytes(mapped.ToTransaction()), mapped.Document, issues, [], [.. plan.Steps.Select(NoteRows.Line)]);
    }

    /// <summary>The Bundle of a note that was mapped before, from what it was mapped from; null when this version does not read that any more.</summary>
    public async Task<byte[]?> MapAgainAsync(StoredNote note, NoteContent content, CancellationToken cancellationToken) =>
        content.Resolved is { } json && StoredInput.Read(content.Input) is { } read && JsonSerializer.Deserialize<ResolvedNote>(json.Span) is { } resolved
            ? FhirJson.ToBytes(MapAgain(note, read, await editions.OfAsync(note, read, resolved, cancellationToken)).ToTransaction())
            : null;

    private MappedNote MapAgain(StoredNote note, VisitNoteReading.Read read, ResolvedNote resolved)
    {
        // A row for each part tells what the EHR wanted of it.
        bool Had(string key) => note.Resources.Any(row => row.Key == key);
        return note.Kind switch
        {
            MessageNotes.Kind => NoteMapper.MapMessage(read.Note, read.ContentHash, resolved, mapping, Had(Planner.DocumentKey), Had(Planner.EncounterKey)),
            TeamNotes.Kind => NoteMapper.MapTeamNote(read.Note, read.ContentHash, resolved, mapping, Had(Planner.EncounterKey)),
            _ => NoteMapper.Map(read.Note, read.ContentHash, resolved, mapping),
        };
    }

    // A person whom nobody could ask about stands as a conditional reference.
    private static ResolvedNote AsWritten(VisitNote note) => new()
    {
        Patient = note.Patient.Reference ?? Conditional("Patient", note.Patient.Identifier!),
        Author = note.Author.Reference ?? Conditional("Practitioner", note.Author.Identifier!),
        AuthorName = note.Author.Name,
        Encounter = note.Visit.Encounter is { } encounter ? encounter.Reference ?? Conditional("Encounter", encounter.Identifier!) : null,
    };

    private static string Conditional(string type, PersonIdentifier identifier) =>
        $"{type}?identifier={Uri.EscapeDataString(SearchText.Escape(identifier.System))}|{Uri.EscapeDataString(SearchText.Escape(identifier.Value))}";

    private static async Task<T?> InTimeAsync<T>(Func<Task<T>> ask, CancellationTokenSource enough, CancellationToken cancellationToken) where T : class?
    {
        try
        {
            return await ask();
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
