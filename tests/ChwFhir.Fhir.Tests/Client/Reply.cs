using System.Text;

namespace ChwFhir.Fhir.Tests.Client;

/// <summary>What the scripted server does with one request.</summary>
internal sealed record Reply(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    public Ending Ending { get; init; } = Ending.Whole;

    public static Reply Json(int status, string json, params (string, string)[] headers) => new(status, Encoding.UTF8.GetBytes(json), [("Content-Type", "application/fhir+json"), .. headers]);

    public static Reply Text(int status, string type, string text, params (string, string)[] headers) => new(status, Encoding.UTF8.GetBytes(text), [("Content-Type", type), .. headers]);

    public static Reply Empty(int status, params (string, string)[] headers) => new(status, [], headers);

    /// <summary>The request is read; then the connection closes without a word.</summary>
    public static Reply Closed { get; } = Empty(0) with { Ending = Ending.Closed };

    public static Reply Reset { get; } = Empty(0) with { Ending = Ending.Reset };

    /// <summary>The request is read; no answer ever comes.</summary>
    public static Reply Silence { get; } = Empty(0) with { Ending = Ending.Silence };

    /// <summary>Half of the body, then the connection closes.</summary>
    public Reply Cut => this with { Ending = Ending.HalfThenClosed };

    /// <summary>Half of the body, then nothing.</summary>
    public Reply Stuck => this with { Ending = Ending.HalfThenSilence };
}
