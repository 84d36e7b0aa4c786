using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace ChwFhir.SmartApp.Pages;

/// <summary>Stylesheets and modules of the pages: files of ours, told from their earlier versions by what is in them.</summary>
internal static class Assets
{
    private const string Prefix = "app/";
    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly Lazy<Dictionary<string, Asset>> All = new(Read);

    public static void MapAssets(this IEndpointRouteBuilder app) => app.MapGet("/app/assets/{**name}", (string name, HttpContext context) =>
    {
        if (!All.Value.TryGetValue(name, out var asset))
            return Results.NotFound();
        // Asked again each time, sent only when it is another one: no page meets styles or modules of another version.
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(asset.Content, asset.Type, entityTag: asset.Tag);
    });

    private static Dictionary<string, Asset> Read()
    {
        var assembly = typeof(Assets).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(name => name[Prefix.Length..], name =>
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            var content = new byte[file.Length];
            file.ReadExactly(content);
            return new Asset(content, Types.TryGetContentType(name, out var type) ? type + (type.StartsWith("text/", StringComparison.Ordinal) ? "; charset=utf-8" : "") : "application/octet-stream",
                new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\""));
        }, StringComparer.Ordinal);
    }

    private sealed record Asset(byte[] Content, string Type, Microsoft.Net.Http.Headers.EntityTagHeaderValue Tag);
}
