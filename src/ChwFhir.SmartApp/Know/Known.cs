using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.Intake;

namespace ChwFhir.SmartApp.Know;

/// <summary>What the team should know, in the order in which it is read. Nothing is picked from a narrative: all of it was said to be this.</summary>
/// <param name="Messages">The urgent ones; where there is none the latest others.</param>
/// <param name="Last">The latest visit at which somebody was there.</param>
/// <param name="Planning">What the latest visits say of wishes about treatment.</param>
public sealed record Known(
    IReadOnlyList<MessageView> Messages, int OtherMessages, IReadOnlyList<KnownFlag> Flags, int OlderFlags, IReadOnlyList<KnownInsight> Insights, int OtherInsights,
    (ToldVisit Visit, AdvanceCarePlanning Said)? Planning, GoalStory? Goal, int OtherGoals, IReadOnlyList<NeedStory> Needs, ToldVisit? Last)
{
    public const int MostMessages = 3;
    public const int MostFlags = 3;
    public const int MostInsights = 3;
    public const int MostOthers = 2;
    private static readonly TimeSpan FlagsCount = TimeSpan.FromDays(30);
    private static readonly string[] Soon = ["stat", "urgent", "asap"];

    /// <summary>Something of it is needed soon.</summary>
    public bool HasUrgent => Messages.Any(message => Soon.Contains(message.Urgency));

    public bool IsEmpty => Messages.Count == 0 && OtherMessages == 0 && Flags.Count == 0 && Insights.Count == 0 && Planning is null && Goal is null && Needs.Count == 0 && Last is null;

    /// <summary>Something of it speaks of treatment.</summary>
    public bool HasWishes => Planning is not null || Insights.Any(one => one.IsWish) || TreatmentWishes.AreIn([Goal?.Last.Text, .. Messages.Select(message => message.Text)]);

    public static Known Of(IReadOnlyList<ToldVisit> visits, IReadOnlyList<MessageView> messages, IReadOnlySet<string> setAside, DateTimeOffset now)
    {
        // What is planned tells nothing yet. What is said to have been on a day to come was written by now all the same: it counts from when it came in, and says that its date cannot be.
        var told = visits.Where(visit => visit.At <= now || visit.Said.Visit.Status != VisitStatus.Planned)
            .OrderByDescending(visit => visit.At > now ? (visit.Stored.ReceivedAt < now ? visit.Stored.ReceivedAt : now) : visit.At).ThenByDescending(visit => visit.Stored.Number).ToList();
        var notes = told.Where(visit => visit.IsNote).ToList();
        var open = messages.Where(message => message is { Withdrawn: null, Reach: not "closed", From.Role: "chw" }).ToList();
        var urgent = open.Where(message => Soon.Contains(message.Urgency)).OrderBy(message => message.Urgency == "stat" ? 0 : 1).ThenBy(message => message.Reach is "waiting" or "notified" ? 0 : 1).ThenByDescending(message => message.SentAt).ToList();
        var shown = urgent.Count > 0 ? urgent.Take(MostMessages).ToList() : [.. open.OrderByDescending(message => message.SentAt).Take(MostOthers)];
        var flags = Flagged(told.Where(visit => visit.At > now - FlagsCount || visit == notes.FirstOrDefault()), messages).ToList();
        var spoke = notes.FirstOrDefault(visit => visit.Said.Insights.Count > 0);
        var goals = PlanStories.Goals(visits).Where(goal => goal.IsOpen).ToList();
        var planning = notes.Where(visit => visit.Said.AdvanceCarePlanning is { } said && (said.WantsClinicianConversation || TreatmentWishes.AreIn(said.Text))).Select(visit => ((ToldVisit, AdvanceCarePlanning)?)(visit, visit.Said.AdvanceCarePlanning!)).FirstOrDefault();
        return new Known(
            shown, open.Count - shown.Count, [.. flags.Take(MostFlags)], Math.Max(0, flags.Count - MostFlags),
            [.. (spoke?.Said.Insights ?? []).Take(MostInsights).Select(insight => new KnownInsight(spoke!, insight, TreatmentWishes.AreIn(insight.Text)))], Math.Max(0, (spoke?.Said.Insights.Count ?? 0) - MostInsights),
            planning, goals.FirstOrDefault(), Math.Max(0, goals.Count - 1), [.. PlanStories.Needs(visits).Where(need => need.IsOpen && !setAside.Contains(need.Key))], notes.FirstOrDefault(visit => visit.IsVisit));
    }

    // Of one part the latest word counts: a flag that a later visit raises again is one flag.
    private static IEnumerable<KnownFlag> Flagged(IEnumerable<ToldVisit> visits, IReadOnlyList<MessageView> messages) => visits
        .SelectMany(visit => visit.Flags.Select(flag =>
        {
            var symptom = visit.Said.Symptoms.FirstOrDefault(one => flag.Part == $"symptom/{Intake.Words.Of(one.Kind)}");
            return new KnownFlag(visit, flag.Part, flag.Text, symptom?.Text, symptom?.Tried, messages.FirstOrDefault(message => message.Note == visit.Stored.Id && message.Key == flag.Message)) { Found = flag.Found };
        }))
        .DistinctBy(flag => flag.Part);
}
