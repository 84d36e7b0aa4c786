namespace ChwFhir.Api.Host;

/// <summary>What a browser may do with our answers: run only our own files, never be framed, keep no patient data, tell no other site where it came from.</summary>
internal static class SecurityHeaders
{
    private const string Common = "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'";
    private const string Pages = $"default-src 'self'; {Common}";
    // The API reading page brings styles and icons of its own inside its script.
    private const string ApiReader = $"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; {Common}";
    private const string Data = $"default-src 'none'; {Common}";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        var path = context.Request.Path;
        headers.ContentSecurityPolicy = path.StartsWithSegments("/api") ? Data : path.StartsWithSegments("/swagger") ? ApiReader : Pages;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!path.StartsWithSegments("/assets") && !path.StartsWithSegments("/swagger"))
            headers.CacheControl = "no-store";
        await next(context);
    });
}
