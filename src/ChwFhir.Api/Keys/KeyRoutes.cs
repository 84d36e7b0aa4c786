using ChwFhir.Api.Identity;

namespace ChwFhir.Api.Keys;

/// <summary>Where servers look up the keys that prove who the service is.</summary>
internal static class KeyRoutes
{
    public const string Path = "/.well-known/jwks.json";

    // A key that is new here is known to every server an hour later; the README's rotation counts on it.
    private const string Cached = "public, max-age=3600";

    public static void MapKeys(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (PublishedKeys keys, HttpResponse response) =>
            {
                response.Headers.CacheControl = Cached;
                return TypedResults.Text(keys.Json, "application/json");
            })
            .ForEverybody()
            .WithTags("Running it")
            .WithName("readKeys")
            .WithSummary("Which keys prove that it is this service?")
            .WithDescription("A JSON Web Key Set (RFC 7517) with the public keys of the write-back and of the app: register this address with the EHR. While keys change it shows the old and the new.")
            .Produces<string>(StatusCodes.Status200OK, "application/json");
}
