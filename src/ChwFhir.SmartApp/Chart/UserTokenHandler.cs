using System.Net;
using System.Net.Http.Headers;

namespace ChwFhir.SmartApp.Chart;

/// <summary>Shows the user's token to the EHR, and to nobody else; where the EHR takes it no more, asks once for another and tries again.</summary>
internal sealed class UserTokenHandler(Uri fhirBase, Func<CancellationToken, Task<string?>> token, Func<string, CancellationToken, Task<bool>> renew) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } address || !IsOfBase(address))
            return await base.SendAsync(request, cancellationToken);
        if (await token(cancellationToken) is not { } first)
            return new HttpResponseMessage(HttpStatusCode.Unauthorized) { RequestMessage = request };

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", first);
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || !await renew(first, cancellationToken) || await token(cancellationToken) is not { } second)
            return answer;

        answer.Dispose();
        using var again = new HttpRequestMessage(request.Method, address) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        if (request.Content is { } content)
        {
            again.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
            again.Content.Headers.ContentType = content.Headers.ContentType;
        }
        foreach (var (name, values) in request.Headers)
            again.Headers.TryAddWithoutValidation(name, values);
        again.Headers.Authorization = new AuthenticationHeaderValue("Bearer", second);
        return await base.SendAsync(again, cancellationToken);
    }

    private bool IsOfBase(Uri address) => Fhir.Client.OutsideAddress.IsUnder(fhirBase, address);
}
