namespace ChwFhir.SmartApp.Pages;

/// <summary>The stylesheet of the pages.</summary>
internal static class Assets
{
    public static void MapAssets(this IEndpointRouteBuilder app) => app.MapGet("/app/assets/{name}", (string name, HttpContext context) =>
    {
        if (name != "app.css" || typeof(Assets).Assembly.GetManifestResourceStream("app/" + name) is not { } file)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Stream(file, "text/css; charset=utf-8");
    });
}
