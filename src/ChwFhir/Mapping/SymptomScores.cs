using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>The 0–10 scores of a note by symptom, told as a symptom or answered in the ESAS-r: the same question in another place.</summary>
public static class SymptomScores
{
    public static IEnumerable<(string Symptom, int Score)> Of(VisitNote note)
    {
        foreach (var symptom in note.Symptoms)
        {
            if (symptom.Score is { } score)
                yield return (Words.Of(symptom.Kind), score);
        }

        foreach (var screening in note.Screenings)
        {
            foreach (var answer in screening.Answers)
            {
                if (Of(screening, answer) is { } score)
                    yield return (answer.Item, score);
            }
        }
    }

    internal static int? Of(Screening screening, ScreeningAnswer answer) =>
        screening.Instrument == Instrument.EsasR && answer.Number is >= 0 and <= 10 and var number && Words.TryParse<SymptomKind>(answer.Item, out _) ? (int)number : null;
}
