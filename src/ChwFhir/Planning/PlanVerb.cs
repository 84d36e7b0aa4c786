namespace ChwFhir.Planning;

/// <summary>What is done with one resource of a note; the words of the contract in kebab case.</summary>
public enum PlanVerb
{
    Create,
    Update,

    /// <summary>Not sent: the note document says it.</summary>
    Fold,

    /// <summary>Not sent and in no document: it stays with the service, the app shows it.</summary>
    Keep,

    /// <summary>The EHR has it already.</summary>
    UseExisting,
}
