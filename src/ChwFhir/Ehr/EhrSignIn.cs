using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Smart;

namespace ChwFhir.Ehr;

/// <summary>Where the EHR gives tokens: as the site has set it, else as the EHR's own smart-configuration says. No token is shown to it, no redirect followed.</summary>
public sealed class EhrSignIn(Uri fhirBase, EhrAuthOptions auth, HttpClient http, TimeProvider time, OutsideRefusals refusals)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromHours(1);
    private (SmartConfiguration Read, DateTimeOffset At)? known;

    /// <exception cref="NoTokenException">It does not say, or says what cannot be trusted.</exception>
    public async Task<Uri> TokenEndpointAsync(CancellationToken cancellationToken)
    {
        if (auth.TokenUrl is { } set)
            return new Uri(set);
        if (known is { } fresh && time.GetUtcNow() < fresh.At + KnownFor)
            return new Uri(fresh.Read.TokenEndpoint!);

        var read = await ReadAsync(cancellationToken) ?? known?.Read;
        if (read is null)
            throw Trouble("the EHR has no smart-configuration that can be read; Ehr__Auth__TokenUrl may name its token endpoint");
        if (read.FaultsForBackend(fhirBase) is [var fault, ..])
        {
            refusals.Tell("ehr-sign-in", fault);
            throw Trouble($"the EHR's smart-configuration cannot be used: {fault}");
        }

        known = (read, time.GetUtcNow());
        return new Uri(read.TokenEndpoint!);
    }

    /// <summary>It may have moved: it is read again before the next request.</summary>
    public void Forget() => known = null;

    /// <returns>Null when there is none, or none that can be read.</returns>
    /// <exception cref="HttpRequestException">The EHR is out of reach.</exception>
    public async Task<SmartConfiguration?> ReadAsync(CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, SmartConfiguration.AddressUnder(fhirBase));
        message.Headers.Accept.ParseAdd("application/json");
        // One large vendor answers for the client that asks.
        if (auth.ClientId is { } client)
            message.Headers.TryAddWithoutValidation("Epic-Client-ID", client);
        using var answer = await http.SendAsync(message, cancellationToken);
        if ((int)answer.StatusCode is >= 500 or 429)
            throw new HttpRequestException(HttpRequestError.Unknown, "busy", statusCode: answer.StatusCode);
        return answer.IsSuccessStatusCode ? SmartConfiguration.Read(await answer.Content.ReadAsByteArrayAsync(cancellationToken)) : null;
    }

    private static NoTokenException Trouble(string why) => new(EndpointTrouble.ClientRefused, why, null);
}
