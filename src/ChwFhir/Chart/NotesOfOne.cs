using System.Collections.Concurrent;
using System.Text.Json;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>
/// Which of a patient's notes it takes to show one part as the whole record shows it: all that tell it, and of each part that it refers to the last and the first (its id, and whether it
/// may be seen). The store knows under which identity each note has what, so that no other note is opened.
/// </summary>
/// <param name="tellings">Which notes tell parts of these identities, oldest visit first.</param>
/// <param name="open">A note by its number, opened; null when nothing of it is shown.</param>
internal sealed class NotesOfOne(Func<IReadOnlyCollection<string>, Task<IReadOnlyList<TellingNote>>> tellings, Func<long, Task<GatheredNote?>> open)
{
    private readonly Dictionary<long, GatheredNote?> opened = [];
    private readonly Dictionary<long, Dictionary<string, string>> identities = [];

    /// <param name="note">That of the number with which its id begins.</param>
    /// <param name="id">As <see cref="RecordIds"/> makes it.</param>
    /// <returns>Oldest visit first; none where there is no such part. Null where it takes all to tell.</returns>
    public async Task<IReadOnlyList<GatheredNote>?> OfAsync(StoredNote note, string id)
    {
        // What was handed in itself goes by the note's number alone: which part of it that is, the note says.
        var fullUrl = RecordIds.FullUrl(id) ?? (await OpenAsync(note.Number))?.Parts?.FirstOrDefault(part => RecordOfNotes.IdOf(note, part.Resource!, part.FullUrl!, note.Number) == id)?.FullUrl;
        if (fullUrl is null)
            return [];
        if (IdentityOf(note, fullUrl) is not { } identity)
            return null;
        var tellers = await TellersAsync(note, [identity]);
        HashSet<string> wanted = new(StringComparer.Ordinal);
        HashSet<GatheredNote> needed = new(ReferenceEqualityComparer.Instance);
        List<TellingNote> others = [];
        HashSet<string> elsewhere = new(StringComparer.Ordinal);
        await OpenAsync(tellers.Where(one => one.Identity == identity).Select(one => one.Number));
        foreach (var telling in tellers.Where(one => one.Identity == identity))
        {
            if (await OpenAsync(telling.Number) is not { } one || Part(one, identity) is not { } part || !needed.Add(one))
                continue;
            List<string> here = [];
            foreach (var reference in References(part.Resource!))
            {
                // Told by another note alone: only all of them say by which.
                if (IdentityOf(one.Note, reference) is not { } other)
                    return null;
                if (other != identity && wanted.Add(other))
                    here.Add(other);
            }
            var own = Own(one.Note);
            others.AddRange(here.Where(own.Contains).Select(other => new TellingNote(one.Note.Number, other)));
            elsewhere.UnionWith(here.Where(other => !own.Contains(other)));
        }
        if (needed.Count == 0)
            return [];
        tellers = [.. tellers, .. others, .. elsewhere.Count == 0 ? [] : await tellings(elsewhere)];
        foreach (var one in wanted)
        {
            if (await LastAsync(tellers, one) is var (latest, _))
                needed.Add(latest);
            if (await FirstAsync(tellers, one) is { } first)
                needed.Add(first);
        }
        return [.. needed.OrderBy(one => one.Note.VisitTime).ThenBy(one => one.Note.Number)];
    }

    private string? IdentityOf(StoredNote note, string fullUrl)
    {
        if (!identities.TryGetValue(note.Number, out var its))
            identities[note.Number] = its = note.Resources.Select(row => row.Identity).OfType<string>().Distinct().ToDictionary(FullUrl, StringComparer.Ordinal);
        return its.GetValueOrDefault(fullUrl);
    }

    private static string FullUrl(string identity)
    {
        var parsed = Identities.Parse(identity);
        return Uuid5.Urn(parsed.System!, parsed.Value!);
    }

    // What is named after its note no other note tells.
    private static HashSet<string> Own(StoredNote note) =>
        note.Resources.Where(row => row.Identity is { } identity && identity.EndsWith($"|{note.Id}/{row.Key}", StringComparison.Ordinal)).Select(row => row.Identity!).ToHashSet(StringComparer.Ordinal);

    private async Task<IReadOnlyList<TellingNote>> TellersAsync(StoredNote note, IReadOnlyList<string> asked)
    {
        var own = Own(note);
        List<string> others = [.. asked.Where(identity => !own.Contains(identity))];
        return [.. asked.Where(own.Contains).Select(identity => new TellingNote(note.Number, identity)), .. others.Count == 0 ? [] : await tellings(others)];
    }

    private async Task<(GatheredNote Note, Bundle.EntryComponent Part)?> LastAsync(IReadOnlyList<TellingNote> tellers, string identity)
    {
        foreach (var telling in tellers.Where(one => one.Identity == identity).Reverse())
        {
            if (await OpenAsync(telling.Number) is { } note && Part(note, identity) is { } part)
                return (note, part);
        }
        return null;
    }

    private async Task<GatheredNote?> FirstAsync(IReadOnlyList<TellingNote> tellers, string identity)
    {
        foreach (var telling in tellers.Where(one => one.Identity == identity).OrderBy(one => one.Number))
        {
            if (await OpenAsync(telling.Number) is { } note && Part(note, identity) is not null)
                return note;
        }
        return null;
    }

    private static Bundle.EntryComponent? Part(GatheredNote note, string identity)
    {
        var fullUrl = FullUrl(identity);
        return note.Parts?.FirstOrDefault(part => part.FullUrl == fullUrl);
    }

    private async Task OpenAsync(IEnumerable<long> numbers)
    {
        var found = new ConcurrentDictionary<long, GatheredNote?>();
        await Parallel.ForEachAsync(numbers.Distinct().Where(number => !opened.ContainsKey(number)), new ParallelOptions { MaxDegreeOfParallelism = NoteShelf.AtOnce }, async (number, _) => found[number] = await open(number));
        foreach (var (number, note) in found)
            opened[number] = note;
    }

    private async Task<GatheredNote?> OpenAsync(long number) => opened.TryGetValue(number, out var here) ? here : opened[number] = await open(number);

    private static HashSet<string> References(Resource resource)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        using var json = JsonDocument.Parse(FhirJson.ToBytes(resource));
        Look(json.RootElement);
        return found;

        void Look(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Array:
                    foreach (var one in element.EnumerateArray())
                        Look(one);
                    break;
                case JsonValueKind.Object:
                    foreach (var member in element.EnumerateObject())
                    {
                        if (member.NameEquals("reference") && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is { } reference && reference.StartsWith(RecordIds.Urn, StringComparison.Ordinal))
                            found.Add(reference);
                        Look(member.Value);
                    }
                    break;
            }
        }
    }
}
