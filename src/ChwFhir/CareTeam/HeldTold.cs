using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.CareTeam;

/// <summary>
/// Tells those for whom a part of a note is held that there is one, and not what it says: they read it with the note. Who is told of it by a held message or alert
/// already is not told again. Of what the rules hold without a word of the CHW only a concern is told: a question that was answered with no is nobody's errand. Pure.
/// </summary>
internal static class HeldTold
{
    public const string Topic = "held-part";

    public static IEnumerable<Telling> Of(VisitNote note, ResolvedNote resolved, MappingOptions options, IReadOnlyList<Telling> told)
    {
        var already = told.Where(telling => telling.Held).SelectMany(telling => telling.To).ToHashSet(StringComparer.Ordinal);
        var keys = new KeyBook();
        var waiting = HeldParts.Of(note, resolved, options).Where(part => IsAnErrand(part) && !resolved.Released.Any(one => one.Key == part.Key && one.Mark == part.Mark))
            .Select(part => (Part: part, To: part.For.Where(who => !already.Contains(who) && (!part.IsForFewOnly || Holds.IsNoWholeTeam(who))).Distinct().Order(StringComparer.Ordinal).ToList()))
            .Where(one => one.To.Count > 0);
        // Each circle hears of its own: that others hold something too would say more than is theirs.
        foreach (var circle in waiting.GroupBy(one => string.Join(' ', one.To), StringComparer.Ordinal))
        {
            yield return new Telling(
                keys.Take("message/held"), circle.Any(one => one.Part.Why == HeldWhy.Danger) ? Urgency.Urgent : Urgency.Routine, circle.First().To,
                $"A part of the note of {note.Visit.Start:yyyy-MM-dd} is held for you. Read it with the note; it is in no chart.", Topic, [], Held: true, Alert: false, NeedsReply: false, []);
        }
    }

    private static bool IsAnErrand(HeldPart part) =>
        !part.Key.StartsWith("message/", StringComparison.Ordinal)
        && (part.Why is HeldWhy.Danger or HeldWhy.PatientAsked or HeldWhy.ToldInConfidence || (part.Why == HeldWhy.ByRule && part.Key.StartsWith("concern/", StringComparison.Ordinal)));
}
