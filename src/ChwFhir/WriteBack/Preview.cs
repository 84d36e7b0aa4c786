using System.Text.Json;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>What a note would become on this EHR, as far as that can be said within a second; an EHR that does not answer never fails it.</summary>
internal sealed class Preview(EhrConnection ehr, Resolver resolver, KnownReader knownReader, NoteEditions editions, BeforeSending before, MappingOptions mapping, IOptions<PlanningOptions> planning, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly NoteIssue NotAsked = new("warning", "not-yet-checked", null, "the EHR did not answer in time: the preview shows what one that takes everything would get");

    /// <param name="mayAsk">False: nothing is read of the EHR, since it is not known whether the caller may see the patient.</param>
    public async Task<PreviewResult> ShowAsync(InputReading.Read read, bool mayAsk, CancellationToken cancellationToken)
    {
        var input = read.Input;
        using var enough = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        var asked = mayAsk && ehr.Endpoint.ReadsPausedUntil is null;
        var resolution = asked ? await InTimeAsync(() => resolver.ResolveAsync(input, int.MaxValue, either.Token), enough, cancellationToken) : null;
        var capabilities = asked ? await InTimeAsync(() => ehr.CapabilitiesAsync(either.Token), enough, cancellationToken) : null;

        var resolved = ((resolution as Resolution.Resolved)?.Note ?? AsWritten(input)) with { Received = input.SaysWhen ? null : time.GetUtcNow() };
        var mapped = input.Map(resolved, mapping, Wanted.Everything);
        var known = resolution is Resolution.Resolved && capabilities is not null
            ? await InTimeAsync(() => knownReader.ReadAsync(null, input, resolved, mapped, everywhere: false, capabilities, either.Token), enough, cancellationToken) as KnownReading.Read
            : null;
        var (plan, notValid) = Plan(mapped, capabilities ?? EhrCapabilities.Everything, known?.Known ?? new Known { VisitTime = input.VisitTime, Encounter = resolved.Encounter, DocumentThere = resolved.DocumentThere });

        IReadOnlyList<NoteIssue> issues =
        [
            .. read.Issues, .. resolved.Issues, .. mapped.Issues, .. plan.Issues, .. notValid.Select(one => one.Issue),
            .. resolution is Resolution.Wrong { Issue: var wrong } ? [wrong with { Severity = "warning" }] : Array.Empty<NoteIssue>(),
            .. resolution is null or Resolution.NoAnswer || capabilities is null ? [NotAsked] : Array.Empty<NoteIssue>(),
            .. plan.Blocked is { } blocked ? [blocked with { Severity = "warning" }] : Array.Empty<NoteIssue>(),
        ];
        return new PreviewResult.Previewed(FhirJson.ToBytes(mapped.ToTransaction()), mapped.Document, issues, input is NoteInput { Said: var said } ? NoteSuggestions.Of(said, mapping) : [], [.. plan.Steps.Select(NoteRows.Line)])
        {
            Flags = mapped.Flags,
            HeldBack = input.Note is { } told ? HeldParts.Of(told, resolved, mapping).Count : 0,
        };
    }

    // What is not valid is planned as it will be: as if the EHR had refused it.
    private (WritePlan Plan, IReadOnlyList<NotValid> NotValid) Plan(MappedNote mapped, EhrCapabilities capabilities, Known known)
    {
        List<NotValid> notValid = [.. before.Look(mapped)];
        var lookedAt = BeforeSending.LookedAt(mapped, notValid);
        for (; ; )
        {
            var plan = Planner.Plan(mapped, capabilities, Without(notValid, known), planning.Value);
            var more = plan.Groups.SelectMany(group => before.Look(group, PlacedReferences.Outgoing(group, plan), lookedAt)).ToList();
            // What is planned again although it was withheld would be withheld for ever.
            var isNew = more.Any(one => notValid.All(known => known.Key != one.Key));
            notValid.AddRange(more);
            if (!isNew)
                return (plan, notValid);
        }
    }

    private static Known Without(IReadOnlyList<NotValid> notValid, Known known) => notValid.Count == 0
        ? known
        : known with { Refused = notValid.Where(one => one.Key is not null).Select(one => KeyValuePair.Create(one.Key!, one.Issue.Detail)).Concat(known.Refused).DistinctBy(one => one.Key).ToDictionary() };

    /// <summary>The Bundle of a note that was mapped before, from what it was mapped from; null when this version does not read that any more.</summary>
    public async Task<byte[]?> MapAgainAsync(StoredNote note, NoteContent content, CancellationToken cancellationToken) =>
        content.Resolved is { } json && StoredInput.Read(content) is { } input && JsonSerializer.Deserialize<ResolvedNote>(json.Span) is { } resolved
            ? FhirJson.ToBytes(input.Map(await editions.OfAsync(note, input, resolved, cancellationToken), mapping, Wanted.As(note)).ToTransaction())
            : null;

    // A person whom nobody could ask about stands as a conditional reference.
    private static ResolvedNote AsWritten(Input input) => new()
    {
        Patient = Whose(input),
        Author = input.Author is { } author ? author.Reference ?? (author.Identifier is { } number ? Conditional("Practitioner", number) : null) : null,
        AuthorName = input.Author?.Name,
        Encounter = input.Encounter is { } encounter ? encounter.Reference ?? Conditional("Encounter", encounter.Identifier!) : null,
    };

    private static string Whose(Input input) => input switch
    {
        { Patient.Reference: { } reference } => reference,
        { Patient.Identifier: { } identifier } => Conditional("Patient", identifier),
        { Subject.Identifiers: [var first, ..] } => Conditional("Patient", first),
        { Subject: { } named } => $"Patient?family={Uri.EscapeDataString(named.Family ?? "")}&given={Uri.EscapeDataString(named.Given ?? "")}&birthdate={named.BirthDate}",
        _ => "Patient?identifier=",
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
