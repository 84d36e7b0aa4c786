using ChwFhir.Api.Audit;
using ChwFhir.Queue;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Pages;

/// <summary>The few pages of the host itself.</summary>
internal static class PageServices
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorPages().AddMvcOptions(mvc =>
        {
            mvc.Filters.Add<PageAudit>();
            mvc.Filters.Add<ForgedForms>();
            mvc.Filters.Add<NoTurning>();
        });
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "chwfhir.form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        var folder = builder.Configuration.GetSection(StorageOptions.Section)["Directory"] ?? new StorageOptions().Directory;
        var keys = new DirectoryInfo(builder.Configuration["App:KeysDirectory"] is { Length: > 0 } shared ? shared : Path.Combine(folder, "keys"));
        builder.Services.AddDataProtection().SetApplicationName("ChwFhir");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services => new SealedKeyRing(services.GetRequiredService<NoteStore>(), keys, services.GetRequiredService<ILoggerFactory>()));
    }

    public static void UseAssets(this WebApplication app) => app.Map("/assets", branch => branch.Run(async context =>
    {
        var name = context.Request.Path.Value!.TrimStart('/');
        using var file = typeof(PageServices).Assembly.GetManifestResourceStream("assets/" + name);
        if (file is null || !Types.TryGetContentType(name, out var type))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-cache";
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }));

    private static readonly FileExtensionContentTypeProvider Types = new();
}
