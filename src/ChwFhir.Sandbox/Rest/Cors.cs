using ChwFhir.Sandbox.Smart;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Sandbox.Rest;

/// <summary>
/// Which pages of other origins may call from a browser: those of registered apps that have no server of their own, at the FHIR API and where tokens are given
/// (SMART App Launch 2.2, "CORS support"). What anybody may read says so itself (<see cref="Discovery"/>).
/// </summary>
internal static class Cors
{
    private static readonly string[] TokenDoors = [$"{OAuthAddresses.Path}/token", $"{OAuthAddresses.Path}/revoke"];

    /// <summary>The answer to a browser's question before its call; null when it is not that, or not allowed.</summary>
    public static FhirAnswer? Preflight(HttpRequest request, Clients clients) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0 && IsAllowed(request, clients)
            ? new(204)
            {
                Headers = new Dictionary<string, string>
                {
                    [HeaderNames.AccessControlAllowMethods] = "GET, HEAD, POST, PUT, DELETE",
                    [HeaderNames.AccessControlAllowHeaders] = "Accept, Authorization, Content-Type, If-Match, If-None-Exist, If-None-Match, Prefer",
                    [HeaderNames.AccessControlMaxAge] = "600"
                }
            }
            : null;

    public static void Mark(HttpContext http, Clients clients)
    {
        if (!IsAllowed(http.Request, clients))
            return;
        http.Response.Headers.AccessControlAllowOrigin = http.Request.Headers.Origin;
        http.Response.Headers.AccessControlExposeHeaders = "ETag, Last-Modified, Location, WWW-Authenticate";
        http.Response.Headers.Vary = "Accept, Origin";
    }

    private static bool IsAllowed(HttpRequest request, Clients clients) =>
        request.Headers.Origin.FirstOrDefault() is { } origin && clients.IsOriginOfApp(origin) && request.Path.Value is { } path
            && (path.StartsWith(ServerAddress.Path + "/", StringComparison.Ordinal) || path == ServerAddress.Path || TokenDoors.Contains(path));
}
