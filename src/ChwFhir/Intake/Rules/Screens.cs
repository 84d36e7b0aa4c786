using ChwFhir.Intake.Screenings;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Rules;

/// <summary>A screening has answers or was declined, and its answers are those of its instrument.</summary>
internal static class Screens
{
    public static void Check(VisitNote note, Trail trail)
    {
        foreach (var (pointer, screening) in NoteRules.Each("/screenings", note.Screenings))
        {
            if (!screening.Declined && screening.Answers.Count == 0 && trail.IsClean($"{pointer}/"))
                trail.FaultAt($"{pointer}/answers", "required", "is required unless declined is true");
            if (screening.Declined && screening.Answers.Count > 0)
                trail.FaultAt($"{pointer}/declined", "contradiction", "is true, yet there are answers; leave one of them out");

            // What could not be read is a fault already: the rest would be measured by the wrong instrument.
            if (screening.Answers.Count > 0 && trail.IsClean($"{pointer}/instrument"))
                FormCheck.Check(InstrumentForms.Of(screening.Instrument), Answers(pointer, screening, trail), $"{pointer}/answers", trail);
        }
    }

    private static List<PlacedAnswer> Answers(NoteRules.Place pointer, Screening screening, Trail trail) =>
        [.. NoteRules.Each($"{pointer}/answers", screening.Answers).Where(answer => CouldBeRead(answer.Place, answer.Entry, trail)).Select(answer => new PlacedAnswer(answer.Entry, answer.Place))];

    private static bool CouldBeRead(NoteRules.Place place, ScreeningAnswer answer, Trail trail) =>
        answer.Item is { Length: > 0 } && (trail.Faults.Count == 0 || trail.IsClean($"{place}/"));
}
