using ChwFhir.Access;
using ChwFhir.Ehr;

namespace ChwFhir.Chart;

/// <summary>Whose eyes a chart is read with. No record: it must not print.</summary>
/// <param name="key">Whose: what was read for one is never shown to another.</param>
/// <param name="handler">The way to the EHR, which shows their token; kept by its owner.</param>
public sealed class ChartEyes(string key, Caller caller, Uri baseUrl, HttpMessageHandler handler)
{
    public string Key { get; } = key;

    public Caller Caller { get; } = caller;

    public Uri BaseUrl { get; } = baseUrl;

    public HttpMessageHandler Handler { get; } = handler;

    /// <summary>What the EHR granted; null where it does not say, and the EHR is asked.</summary>
    public GrantedScopes? Granted { get; init; }

    /// <summary>The token is the service's and not theirs: what is restricted is withheld whoever they are.</summary>
    public bool AlwaysWithholds { get; init; }

    /// <summary>The EHR is left alone just now: nothing is asked.</summary>
    public Func<bool> Rests { get; init; } = () => false;
}
