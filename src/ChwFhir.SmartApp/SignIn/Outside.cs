using System.Net.Http.Headers;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>The few requests of a sign-in to the authorization server: small answers, no redirects, no cookies, nothing of them in a log.</summary>
internal sealed class Outside(IHttpClientFactory clients)
{
    public const string Name = "app-sign-in";
    private const int Largest = 512 * 1024;

    /// <returns>Null when the server did not answer, or with more than is taken.</returns>
    public async Task<OutsideAnswer?> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var http = clients.CreateClient(Name);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.Content.Headers.ContentLength > Largest)
                return null;

            await answer.Content.LoadIntoBufferAsync(Largest, cancellationToken);
            return new OutsideAnswer((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (Exception none) when (none is HttpRequestException or IOException || (none is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <returns>The body of a 200; null for anything else.</returns>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await AskAsync(request, cancellationToken) is { Status: 200, Body: var body } ? body : null;
    }
}
