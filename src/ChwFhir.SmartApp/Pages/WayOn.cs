namespace ChwFhir.SmartApp.Pages;

/// <summary>Where one can go from a page that says one thing.</summary>
public sealed record WayOn(string Href, string Text, bool NewWindow = false);
