namespace ChwFhir.SmartApp.Sessions;

/// <summary>A page asks for it by itself, again and again: it does not show that anybody is there, and keeps no session from ending.</summary>
internal sealed record ByItself;
