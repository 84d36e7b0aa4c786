using ChwFhir.Ehr;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>What the EHR wants beside the resources themselves, of inputs that have no document or encounter by nature.</summary>
/// <param name="Document">A document is made of it.</param>
/// <param name="Encounter">The EHR files no document without an encounter.</param>
internal sealed record Wanted(bool Document, bool Encounter)
{
    public static readonly Wanted Everything = new(true, true);

    public static Wanted By(StoredNote stored, EhrCapabilities capabilities) => new(MessageNotes.NeedsDocument(stored, capabilities), capabilities.RequiresEncounter);

    /// <summary>A row for each part tells what the EHR wanted of it.</summary>
    public static Wanted As(StoredNote stored) => new(stored.Resources.Any(row => row.Key == Planner.DocumentKey), stored.Resources.Any(row => row.Key == Planner.EncounterKey));
}
