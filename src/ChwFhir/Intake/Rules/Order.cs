using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Rules;

/// <summary>What comes first and what comes after.</summary>
internal static class Order
{
    private static readonly TimeSpan LongVisit = TimeSpan.FromHours(24);

    /// <summary>Clocks of telephones are wrong by minutes, time zones by hours; more than a day is a wrong date.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    public static void Check(VisitNote note, DateTimeOffset? receivedAt, Trail trail)
    {
        if (note.Visit is { } visit && visit.Start != default)
            Visit(note, visit, receivedAt, trail);
        if (note.Programme is { Start: { } start, End: { } end } && Before(end, start))
            trail.FaultAt("/programme/end", "end-before-start", "is before the programme's start");

        foreach (var (pointer, goal) in NoteRules.Each("/goals", note.Goals))
        {
            if (goal is { Start: { } begin, Due: { } due } && Before(due, begin))
                trail.Warn("due-before-start", $"{pointer}/due", "is before the goal's start");
        }
    }

    private static void Visit(VisitNote note, Visit visit, DateTimeOffset? receivedAt, Trail trail)
    {
        if (visit.End < visit.Start)
            trail.FaultAt("/visit/end", "end-before-start", "is before the visit's start");
        else if (visit.End - visit.Start > LongVisit)
            trail.Warn("long-visit", "/visit/end", "makes the visit longer than a day");

        if (visit.Status == VisitStatus.Planned)
            return;
        if (note.Authored < visit.Start)
            trail.Warn("authored-before-visit", "/authored", "is before the visit's start");
        if (visit.Start - receivedAt > Tolerance)
            trail.Warn("visit-in-the-future", "/visit/start", "lies in the future, though the visit is not planned");
    }

    /// <summary>Partial dates are compared as far as both go: 2026-03 is not before 2026-03-15.</summary>
    private static bool Before(string date, string other)
    {
        var length = Math.Min(10, Math.Min(date.Length, other.Length));
        return string.CompareOrdinal(date, 0, other, 0, length) < 0;
    }
}
