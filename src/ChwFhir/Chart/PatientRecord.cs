namespace ChwFhir.Chart;

/// <summary>What this service holds of a patient and its reader may see.</summary>
/// <param name="Withheld">How many resources are not shown for the labels that they bear.</param>
/// <param name="HeldBack">How many parts of the notes are held back: they are in nothing here.</param>
/// <param name="NotMapped">How many notes have not become FHIR yet.</param>
public sealed record PatientRecord(IReadOnlyList<RecordEntry> Entries, int Withheld, int HeldBack, int NotMapped)
{
    /// <summary>Bytes of memory that it took beside the notes, at most.</summary>
    internal long Size { get; init; }
}
