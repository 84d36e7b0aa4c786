using ChwFhir.Access;
using ChwFhir.Intake;

namespace ChwFhir.Api.Identity;

/// <summary>Section <c>Auth</c>: how callers say who they are.</summary>
internal sealed record DoorOptions(string Mode, string? Authority, string? Audience, string Panel)
{
    public const string Development = "development";
    public const string Jwt = "jwt";

    /// <summary>Reads the section; a missing or unsafe setting stops the start.</summary>
    public static DoorOptions Read(IConfiguration settings, bool inDevelopment, List<string> faults)
    {
        var options = new DoorOptions(
            settings["Auth:Mode"] is { Length: > 0 } mode ? mode : inDevelopment ? Development : Jwt,
            settings["Auth:Authority"],
            settings["Auth:Audience"],
            settings["Auth:Panel"] is { Length: > 0 } panel ? panel : inDevelopment ? AccessOptions.Open : "");

        if (options.Mode is not (Development or Jwt))
            faults.Add("Auth__Mode: development or jwt.");
        if (options.Mode == Development && !inDevelopment)
            faults.Add("Auth__Mode: development is for the Development environment only; use jwt.");
        if (!AccessOptions.Panels.Contains(options.Panel))
            faults.Add($"Auth__Panel: whose patients a CHW sees: {string.Join(", ", AccessOptions.Panels)}{(inDevelopment ? "" : "; it has to be said outside of Development")}.");
        faults.AddRange(PanelFileFaults(settings["Auth:PanelFile"], options.Panel));
        faults.AddRange(from role in settings.GetSection("Auth:Roles").GetChildren()
                        where role.Value is null || !Words.TryParse<Role>(role.Value, out _)
                        select $"Auth__Roles__{role.Key}: one of {string.Join(", ", Words.All<Role>())}.");
        if (options.Mode != Jwt)
            return options;
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
            faults.Add("Auth__Authority: the https address of the OpenID Connect issuer is needed with Auth__Mode=jwt.");
        if (string.IsNullOrWhiteSpace(options.Audience))
            faults.Add("Auth__Audience: the audience of the tokens is needed with Auth__Mode=jwt.");
        return options;
    }

    private static IEnumerable<string> PanelFileFaults(string? path, string panel)
    {
        if (!string.IsNullOrEmpty(path))
            return PanelFile.Faults(path) is { Count: > 0 } faults ? [$"Auth__PanelFile: {string.Join("; ", faults)}."] : [];
        return panel == AccessOptions.File ? ["Auth__PanelFile: the path of the file is needed with Auth__Panel=file."] : [];
    }
}
