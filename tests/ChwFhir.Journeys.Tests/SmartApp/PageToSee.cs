namespace ChwFhir.Journeys.SmartApp;

/// <summary>A page, and how one comes to it.</summary>
/// <param name="Name">Of its picture.</param>
/// <param name="Path">Under the session's address, or of nobody below <c>/app/</c>; <c>{patient}</c> stands for the patient's id.</param>
internal sealed record PageToSee(string Name, Who Who, string Path)
{
    /// <summary>What is clicked there to come to it, as a CSS selector; null: nothing.</summary>
    public string? Then { get; init; }

    /// <summary>Makes no sense for a patient of whom nothing is known yet.</summary>
    public bool NeedsSomething => Then is not null;

    public override string ToString() => Name;
}
