namespace ChwFhir.Api.Host;

/// <summary>What a browser may do with our answers: run only our own files, never be framed, keep no patient data, tell no other site where it came from.</summary>
internal static class SecurityHeaders
{
    private const string Common = "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'";
    private const string Pages = $"default-src 'self'; {Common}";
    // The API reading page brings styles and icons of its own inside its script.
    private const string ApiReader = $"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; {Common}";
    private const string Data = $"default-src 'none'; {Common}";

    private const string Devices = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()";
    private const string OnlyHttps = "max-age=31536000; includeSubDomains";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        // Behind a proxy that speaks https for us, the outside address tells.
        var https = !app.Environment.IsDevelopment() && app.Configuration["PublicUrl"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) is true;
        app.Use((context, next) => SetAsync(context, next, https || (context.Request.IsHttps && !app.Environment.IsDevelopment())));
    }

    private static Task SetAsync(HttpContext context, RequestDelegate next, bool onlyHttps)
    {
        Set(context, onlyHttps);
        // What a failure answers begins with no headers at all.
        context.Response.OnStarting(() =>
        {
            if (context.Response.Headers.ContentSecurityPolicy.Count == 0)
                Set(context, onlyHttps);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Set(HttpContext context, bool onlyHttps)
    {
        var headers = context.Response.Headers;
        var path = context.Request.Path;
        headers.ContentSecurityPolicy = path.StartsWithSegments("/api") ? Data : path.StartsWithSegments("/swagger") ? ApiReader : Pages;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Devices;
        if (!path.StartsWithSegments("/assets") && !path.StartsWithSegments("/swagger"))
            headers.CacheControl = "no-store";
        if (onlyHttps)
            headers.StrictTransportSecurity = OnlyHttps;
    }
}
