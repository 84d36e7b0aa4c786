namespace ChwFhir.Intake.Screenings;

/// <summary>The Questionnaires of the instruments, for whoever fills them in.</summary>
public static class ScreeningQuestionnaires
{
    public static IReadOnlyList<string> Names => Words.All<Instrument>();

    /// <summary>The FHIR Questionnaire as JSON; null for no instrument of ours.</summary>
    public static byte[]? Json(string instrument) => Words.TryParse<Instrument>(instrument, out _) ? InstrumentForms.Json(instrument) : null;
}
