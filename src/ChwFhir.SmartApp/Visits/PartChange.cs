namespace ChwFhir.SmartApp.Visits;

/// <summary>What an amendment did to one part of a note.</summary>
/// <param name="Lines">Each line that went, came, or was written anew; of the last the runs of words.</param>
public sealed record PartChange(string Title, IReadOnlyList<LineChange> Lines);
