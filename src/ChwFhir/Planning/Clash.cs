namespace ChwFhir.Planning;

/// <summary>One element that the EHR's people and the visits both changed: the EHR's stays. Both in words a person reads.</summary>
public sealed record Clash(string Element, string InEhr, string InNote);
