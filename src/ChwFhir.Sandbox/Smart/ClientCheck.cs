using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ChwFhir.Sandbox.Smart;

/// <summary>Which client it is that calls the token endpoint and its neighbours, by exactly the means that it is registered with.</summary>
internal sealed class ClientCheck(Clients clients, AssertionCheck assertions)
{
    public async Task<SandboxClient> ClientAsync(HttpRequest request, Parameters parameters, CancellationToken cancellationToken)
    {
        var basic = Basic(request);
        if (new[] { basic is not null, parameters["client_secret"] is not null, parameters["client_assertion"] is not null }.Count(means => means) > 1)
            throw new OAuthRefusal(400, "invalid_request", "A client shows who it is by one means, not by several.");
        var client = basic is { } pair ? WithSecret(pair.Id, pair.Secret)
            : parameters["client_secret"] is { } secret ? WithSecret(parameters["client_id"], secret)
            : parameters["client_assertion"] is { } assertion ? await WithAssertionAsync(assertion, parameters, cancellationToken)
            : clients.Find(parameters["client_id"]) is { Kind: ClientKind.Public } known ? known
            : throw AssertionCheck.Refused("The client is not known, or did not show that it is the one.");
        if (parameters["client_id"] is { } named && named != client.Id)
            throw AssertionCheck.Refused("client_id is not the client that showed who it is.");
        return client;
    }

    private async Task<SandboxClient> WithAssertionAsync(string assertion, Parameters parameters, CancellationToken cancellationToken) =>
        parameters["client_assertion_type"] == AssertionCheck.Type
            ? await assertions.ClientAsync(assertion, cancellationToken)
            : throw AssertionCheck.Refused($"client_assertion_type has to be {AssertionCheck.Type}.");

    private SandboxClient WithSecret(string? id, string secret) =>
        clients.Find(id) is { Kind: ClientKind.Secret } client && Secret.Same(secret, client.Secret!)
            ? client
            : throw new OAuthRefusal(401, "invalid_client", "The client is not known with this secret.") { Challenge = "Basic realm=\"sandbox\"" };

    private static (string Id, string Secret)? Basic(HttpRequest request)
    {
        if (request.Headers.Authorization.FirstOrDefault() is not { } header || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var count) || Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2) is not [var id, var secret])
            throw AssertionCheck.Refused("The Authorization header cannot be read.");
        return (WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret));
    }
}
