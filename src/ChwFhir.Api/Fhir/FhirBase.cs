namespace ChwFhir.Api.Fhir;

/// <summary>The address of this door as callers know it.</summary>
internal sealed class FhirBase(IConfiguration settings)
{
    private readonly string? outside = settings["PublicUrl"] is { Length: > 0 } said ? said.TrimEnd('/') : null;

    public string Of(HttpRequest request) => $"{outside ?? $"{request.Scheme}://{request.Host}{request.PathBase}"}{FhirRoutes.Base}";
}
