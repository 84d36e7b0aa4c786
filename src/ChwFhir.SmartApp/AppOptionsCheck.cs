using System.Text.RegularExpressions;
using ChwFhir.Access;
using ChwFhir.Intake;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp;

/// <summary>All that is wrong with the settings of the app, at once, each with what is allowed.</summary>
internal sealed partial class AppOptionsCheck(IHostEnvironment environment) : IValidateOptions<AppOptions>
{
    public ValidateOptionsResult Validate(string? name, AppOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(AppOptions options) =>
    [
        .. When(options.Ways.Count == 0 || options.Ways.Any(way => way is not (AppOptions.Smart or AppOptions.Oidc)), "App__SignIn: smart, oidc, or both with a comma."),
        .. When(options.KeyFile is not null && options.ClientSecretFile is not null, "App__KeyFile, App__ClientSecretFile: one of them."),
        .. Missing("App__KeyFile", options.KeyFile),
        .. Missing("App__ClientSecretFile", options.ClientSecretFile),
        .. Missing("App__OpenId__ClientSecretFile", options.OpenId.ClientSecretFile),
        .. When(!Issuers(options.Issuers).All(IsBase), "App__Issuers: FHIR bases with commas; https, or http on this machine."),
        .. When(options.FrameAncestors is { } ancestors && !Sources().IsMatch(ancestors), "App__FrameAncestors: origins with spaces, such as https://ehr.example.org; or 'self', or 'none'."),
        .. Length("App__IdleLimit", options.IdleLimit, TimeSpan.FromMinutes(1), TimeSpan.FromHours(12)),
        .. Length("App__SessionLimit", options.SessionLimit, TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)),
        .. When(LaunchRoles.Read(options.LaunchRoles) is null, "App__LaunchRoles: such as Practitioner/1=chw, Practitioner/2=nurse."),
        .. When(!Words.TryParse<Role>(options.LaunchRole, out var role) || role is Role.Integration or Role.Privacy, "App__LaunchRole: chw, clinician, nurse, social-worker, supervisor or director."),
        .. When(options.Scopes.Split(' ').Contains("openid") is false, "App__Scopes: openid must be among them; the app has to know who it is that comes in."),
        .. When(options is { TakesLaunches: true, PublicUrl: null } && !environment.IsDevelopment(), "PublicUrl: the outside address is needed with App__ClientId; the EHR sends people back there."),
        .. MyChw.Cards.Fault(options.CardFile) is { } fault ? new[] { fault } : [],
        .. OpenId(options),
    ];

    internal static IEnumerable<string> Issuers(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(base_ => base_.TrimEnd('/'));

    private IEnumerable<string> OpenId(AppOptions options) => !options.TakesSignIns ? [] :
    [
        .. When(!IsBase(options.OpenId.Authority), "App__OpenId__Authority (or Auth__Authority): the https address of the issuer is needed with App__SignIn=oidc."),
        .. When(string.IsNullOrWhiteSpace(options.OpenId.ClientId), "App__OpenId__ClientId: needed with App__SignIn=oidc."),
        .. When(options.PublicUrl is null && !environment.IsDevelopment(), "PublicUrl: the outside address is needed with App__SignIn=oidc; the issuer sends people back there."),
    ];

    private static bool IsBase(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Query: "", Fragment: "", UserInfo: "" } && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private static IEnumerable<string> Missing(string setting, string? path) => When(path is not null && !File.Exists(path), $"{setting}: there is no such file.");

    private static IEnumerable<string> Length(string setting, DurationSetting length, TimeSpan least, TimeSpan most) =>
        When(length.Unreadable is not null || length.Value < least || length.Value > most, $"{setting}: {least:c} to {most:c}.");

    private static IEnumerable<string> When(bool wrong, string line) => wrong ? [line] : [];

    // Nothing that could begin another directive.
    [GeneratedRegex("""^('none'|(('self'|https://(\*\.)?[A-Za-z0-9.-]+(:[0-9]+)?|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?)( |$))+)$""")]
    private static partial Regex Sources();
}
