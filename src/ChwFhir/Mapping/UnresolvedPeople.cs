namespace ChwFhir.Mapping;

/// <summary>Who could not be looked up stands as a conditional reference, which the EHR resolves when it is written; the note says so.</summary>
internal static class UnresolvedPeople
{
    private const string Issue = "unresolved-person";

    internal static void Report(Draft draft)
    {
        if (draft.Resolved.Patient.Contains('?', StringComparison.Ordinal))
            Warn(draft, "/patient", "The patient");
        if (draft.Resolved.Author is null && draft.Note.Author is { Reference: null, Identifier: not null })
            Warn(draft, "/author", "The author");
        if (draft.Resolved.Encounter is null && draft.Note.Visit.Encounter is { Reference: null })
            Warn(draft, "/visit/encounter", "The encounter");
    }

    private static void Warn(Draft draft, string pointer, string who) =>
        draft.Warn(Issue, pointer, $"{who} could not be looked up in the EHR; the reference is conditional on the identifier given.");
}
