using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>A note without what is held: nothing of it may be guessed from what is left. Pure.</summary>
internal static class ShownNote
{
    private const string Narrative = "narrative";

    /// <param name="ofTheTeam">Its reader is of the CHW team, for whom the home, the questions for next time and the times are.</param>
    /// <param name="heldElsewhere">Names of parts that the last version of the note holds back.</param>
    public static VisitNote Of(Draft draft, bool ofTheTeam, IReadOnlySet<string>? heldElsewhere = null)
    {
        var (note, holds) = (draft.Note, draft.Holds);
        bool Free(string name) => heldElsewhere?.Contains(name) is not true;
        return note with
        {
            Narrative = holds.Narrative || !Free(Narrative) ? null : note.Narrative,
            NarrativeHold = null,
            Sections = [.. note.Sections.Where(one => !holds.Of(one) && Free(Name(one)))],
            Concerns = [.. note.Concerns.Where(one => !holds.Of(one) && Free(Name(one)))],
            Screenings = [.. note.Screenings.Where(one => !holds.Of(one) && Free(Name(one))).Select(one => one with { Answers = [.. one.Answers.Where(answer => !holds.Item(answer.Item))] }).Where(one => one.Declined || one.Answers.Count > 0)],
            Symptoms = [.. note.Symptoms.Where(one => !holds.Of(one) && Free(Name(one)))],
            Goals = [.. note.Goals.Where(one => !holds.Of(one) && Free(Name(one))).Select(one => one with { Addresses = [.. one.Addresses.Where(concern => !holds.IsHeldConcern(concern))] })],
            Referrals = [.. note.Referrals.Where(one => !holds.Of(one) && Free(Name(one))).Select(one => one.Reason is { } why && holds.IsHeldConcern(why) ? one with { Reason = null } : one)],
            Messages = [.. note.Messages.Where(one => !holds.Of(one) && Free(Name(one)))],
            FollowUp = note.FollowUp is { } next && !ofTheTeam ? next with { Ask = [] } : note.FollowUp,
            Home = ofTheTeam ? note.Home : null,
            Consents = ofTheTeam ? note.Consents : [],
            Time = ofTheTeam ? note.Time : [],
            Visit = ofTheTeam ? note.Visit : note.Visit with { Travel = null },
        };
    }

    private static HashSet<string> Held(Draft draft)
    {
        var (note, holds) = (draft.Note, draft.Holds);
        return new(
        [
            .. holds.Narrative ? [Narrative] : Array.Empty<string>(),
            .. note.Sections.Where(holds.Of).Select(Name), .. note.Concerns.Where(holds.Of).Select(Name), .. note.Screenings.Where(holds.Of).Select(Name), .. note.Symptoms.Where(holds.Of).Select(Name),
            .. note.Goals.Where(holds.Of).Select(Name), .. note.Referrals.Where(holds.Of).Select(Name), .. note.Messages.Where(holds.Of).Select(Name),
        ], StringComparer.Ordinal);
    }

    /// <summary>
    /// The names of what the last version holds, by which it is found in an earlier one. Where the last holds something that this one does not have by that name,
    /// whatever the last does not say as this one does may be the same under another name or in other words.
    /// </summary>
    public static IReadOnlySet<string> Held(Draft last, VisitNote earlier)
    {
        var held = Held(last);
        var (then, now) = (Parts(earlier), Parts(last.Note));
        return held.All(name => then.Any(part => part.Name == name)) ? held : new HashSet<string>(held.Concat(then.Where(part => !now.Contains(part)).Select(part => part.Name)), StringComparer.Ordinal);
    }

    private static IReadOnlyList<(string Name, string? Words)> Parts(VisitNote note) =>
    [
        .. note.Narrative is { } narrative ? [(Narrative, narrative)] : Array.Empty<(string, string?)>(),
        .. note.Sections.Select(one => (Name(one), one.Text)), .. note.Concerns.Select(one => (Name(one), one.Text)), .. note.Screenings.Select(one => (Name(one), (string?)null)), .. note.Symptoms.Select(one => (Name(one), one.Text)),
        .. note.Goals.Select(one => (Name(one), one.Text)), .. note.Referrals.Select(one => (Name(one), one.Text)), .. note.Messages.Select(one => (Name(one), one.Text)),
    ];

    private static string Name(NoteSection section) => $"section/{Folding.Fold(section.Title)}";

    private static string Name(Concern concern) => ConcernMapping.Key(concern);

    private static string Name(Screening screening) => $"screening/{Words.Of(screening.Instrument)}";

    private static string Name(Symptom symptom) => $"symptom/{Words.Of(symptom.Kind)}";

    private static string Name(NoteGoal goal) => $"goal/{goal.Id ?? Folding.Fold(goal.Text)}";

    private static string Name(Referral referral) => $"referral/{referral.Id ?? Folding.Fold(referral.Service)}";

    private static string Name(NoteMessage message) => $"message/{message.Id ?? Folding.Fold(message.Text)}";
}
