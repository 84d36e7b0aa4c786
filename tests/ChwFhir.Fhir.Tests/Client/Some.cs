using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Tests.Client;

/// <summary>What the client's tests share.</summary>
internal static class Some
{
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    public const string Outcome4118 = """{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"forbidden","details":{"coding":[{"system":"urn:oid:1.2.840.114350.1.13.0.1.7.2.657369","code":"4118","display":"User not authorized for Jane Roe"}],"text":"Jane Roe may not"},"diagnostics":"Jane Roe born 1950-02-03","expression":["Encounter.subject"]}]}""";

    public static FhirClient Client(ScriptedServer server, TimeProvider? time = null) => Client(server.Base, time);

    public static FhirClient Client(Uri baseUrl, TimeProvider? time = null, int largest = 1 << 20) =>
        new(new HttpClient(FhirHandler.Create(RequestTimeout)), new FhirClientOptions { BaseUrl = baseUrl, Time = time ?? TimeProvider.System, RequestTimeout = RequestTimeout, LargestAnswer = largest });

    public static Patient Patient(string? id = null) => new() { Id = id, Active = true };

    public static Bundle Transaction(int entries) => new()
    {
        Type = Bundle.BundleType.Transaction,
        Entry = [.. Enumerable.Range(0, entries).Select(_ => new Bundle.EntryComponent { Resource = Patient(), Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = "Patient" } })],
    };

    public static IReadOnlyList<KeyValuePair<string, string>> Query(string name, string value) => [new(name, value)];
}
