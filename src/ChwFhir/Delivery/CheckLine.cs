namespace ChwFhir.Delivery;

/// <param name="What">Of the note, in words for people: "vital signs".</param>
/// <param name="Will"><c>create</c>, <c>fold</c>, <c>keep</c> or <c>use-existing</c>.</param>
public sealed record CheckLine(string What, string Type, string Will, string Why);
