using System.Text.RegularExpressions;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Rules;

/// <summary>A screening has answers or was declined. Whether an item belongs to its instrument is only remarked on.</summary>
internal static partial class Screens
{
    public static void Check(VisitNote note, Trail trail)
    {
        foreach (var (pointer, screening) in NoteRules.Each("/screenings", note.Screenings))
        {
            if (!screening.Declined && screening.Answers.Count == 0 && trail.IsClean($"{pointer}/"))
                trail.FaultAt($"{pointer}/answers", "required", "is required unless declined is true");
            if (screening.Declined && screening.Answers.Count > 0)
                trail.FaultAt($"{pointer}/declined", "contradiction", "is true, yet there are answers; leave one of them out");

            foreach (var (at, answer) in NoteRules.Each($"{pointer}/answers", screening.Answers))
            {
                if (answer.Item.Length > 0 && !IsKnown(answer.Item))
                    trail.Warn("unknown-item", $"{at}/item", "is no LOINC code, no word of ESAS and not distress; the answer is kept as text");
            }
        }
    }

    private static bool IsKnown(string item) => item == "distress" || Words.TryParse<SymptomKind>(item, out _) || Loinc().IsMatch(item);

    [GeneratedRegex(@"\A[0-9]{1,7}-[0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Loinc();
}
