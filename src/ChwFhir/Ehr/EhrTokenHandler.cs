using System.Net;
using System.Net.Http.Headers;
using ChwFhir.Fhir.Client;

namespace ChwFhir.Ehr;

/// <summary>Shows the token to the EHR's base and to nobody else. A token that the EHR does not take is thrown away, and the request sent once more with another.</summary>
/// <param name="take">The token to show.</param>
/// <param name="reject">Throws one away; null where there is no other.</param>
internal sealed class EhrTokenHandler(Uri baseUrl, Func<CancellationToken, Task<AccessToken>> take, Action<AccessToken>? reject) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } address || !OutsideAddress.IsUnder(baseUrl, address))
            return await base.SendAsync(request, cancellationToken);

        var token = await ShowAsync(request, cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        // 401 means that nothing was done, so a write may go again as well.
        if (answer.StatusCode != HttpStatusCode.Unauthorized || reject is null)
            return answer;

        reject(token);
        answer.Dispose();
        await ShowAsync(request, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<AccessToken> ShowAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await take(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        return token;
    }
}
