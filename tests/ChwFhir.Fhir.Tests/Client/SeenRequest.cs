namespace ChwFhir.Fhir.Tests.Client;

/// <summary>One request as it came over the wire.</summary>
/// <param name="Number">From 1.</param>
internal sealed record SeenRequest(int Number, string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset At);
