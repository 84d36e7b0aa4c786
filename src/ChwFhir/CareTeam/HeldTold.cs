using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.CareTeam;

/// <summary>
/// Tells those for whom a part of a note is held that there is one, and not what it says: they read it with the note. Who is told of that part by a held message or alert
/// already is not told of it again; of another part they are. Of what the rules hold without a word of the CHW only a concern is told: a question that was answered with no is nobody's errand. Pure.
/// </summary>
internal static class HeldTold
{
    public const string Topic = "held-part";

    public static IEnumerable<Telling> Of(VisitNote note, ResolvedNote resolved, MappingOptions options, IReadOnlyList<Telling> told)
    {
        List<Telling> held = [.. told.Where(telling => telling.Held)];
        var keys = new KeyBook();
        var waiting = HeldParts.Of(note, resolved, options).Where(part => IsAnErrand(part) && !resolved.Released.Any(one => one.Key == part.Key && one.Mark == part.Mark))
            .Select(part => (Part: part, Already: held.Where(telling => SpeaksOf(telling, part, note)).SelectMany(telling => telling.To).ToHashSet(StringComparer.Ordinal)))
            .Select(one => (one.Part, To: one.Part.For.Where(who => !one.Already.Contains(who) && (!one.Part.IsForFewOnly || Holds.IsNoWholeTeam(who))).Distinct().Order(StringComparer.Ordinal).ToList()))
            .Where(one => one.To.Count > 0);
        // Each circle hears of its own: that others hold something too would say more than is theirs.
        foreach (var circle in waiting.GroupBy(one => string.Join(' ', one.To), StringComparer.Ordinal))
        {
            yield return new Telling(
                keys.Take("message/held"), circle.Any(one => one.Part.Why == HeldWhy.Danger) ? Urgency.Urgent : Urgency.Routine, circle.First().To,
                $"A part of the note of {note.Visit.Start:yyyy-MM-dd} is held for you. Read it with the note; it is in no chart.", Topic, [], Held: true, Alert: false, NeedsReply: false, []);
        }
    }

    // In doubt it does not: to be told twice is the lesser harm.
    private static bool SpeaksOf(Telling telling, HeldPart part, VisitNote note) =>
        telling.About.Any(Names(part, note).Contains) || telling.Flags.Any(flag => flag.Pointer == part.Pointer || flag.Pointer.StartsWith($"{part.Pointer}/", StringComparison.Ordinal));

    private static IEnumerable<string> Names(HeldPart part, VisitNote note)
    {
        yield return part.Key;
        if (note.Concerns.Where((_, place) => part.Pointer == $"/concerns/{place}").FirstOrDefault() is not { } concern)
            yield break;
        if (concern.Id is { } id)
            yield return $"concern/{id}";
        // The name of a domain that several concerns share does not say which of them is meant.
        if (note.Concerns.Count(other => other.Domain == concern.Domain) == 1)
            yield return $"concern/{Words.Of(concern.Domain)}";
    }

    private static bool IsAnErrand(HeldPart part) =>
        !part.Key.StartsWith("message/", StringComparison.Ordinal)
        && (part.Why is HeldWhy.Danger or HeldWhy.PatientAsked or HeldWhy.ToldInConfidence || (part.Why == HeldWhy.ByRule && part.Key.StartsWith("concern/", StringComparison.Ordinal)));
}
