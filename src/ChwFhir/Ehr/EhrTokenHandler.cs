using System.Net.Http.Headers;

namespace ChwFhir.Ehr;

/// <summary>Shows the token to the EHR, and to nobody else.</summary>
internal sealed class EhrTokenHandler(Uri baseUrl, AccessToken token) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri;
        if (address is not null && address.Scheme == baseUrl.Scheme && address.Port == baseUrl.Port && address.Host.Equals(baseUrl.Host, StringComparison.OrdinalIgnoreCase))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        }

        return base.SendAsync(request, cancellationToken);
    }
}
