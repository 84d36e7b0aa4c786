using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Smart;
using Microsoft.Extensions.Options;

namespace ChwFhir.Ehr;

/// <summary>All that is wrong with the settings, at once, each with what is allowed.</summary>
internal sealed class EhrOptionsCheck : IValidateOptions<EhrOptions>
{
    public ValidateOptionsResult Validate(string? name, EhrOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(EhrOptions options) =>
    [
        .. BaseUrl(options.BaseUrl),
        .. Duration("Ehr:RequestTimeout", options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        .. Duration("Ehr:CapabilitiesRefresh", options.CapabilitiesRefresh, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)),
        .. Duration("Ehr:FirstPause", options.FirstPause, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10)),
        .. Duration("Ehr:LongestPause", options.LongestPause, options.FirstPause.Unreadable is null ? options.FirstPause : TimeSpan.Zero, TimeSpan.FromHours(1)),
        .. When(options.Concurrency is < 1 or > 64, $"Ehr:Concurrency is {options.Concurrency}; allowed are 1 to 64."),
        .. When(options.TransactionEntries is < 1, $"Ehr:TransactionEntries is {options.TransactionEntries}; allowed are 1 and more, or nothing for no limit."),
        .. When(options.ProgrammeEncounter is { } encounter && !IsEncounter(encounter), "Ehr:ProgrammeEncounter is not a reference; allowed is the form Encounter/id."),
        .. When(!options.HomeVisitEncounterTypes.All(IsCode), "Ehr:HomeVisitEncounterTypes has an entry that is no code; allowed are system|code and bare codes, with commas between them."),
        .. Auth(options.Auth, options.BaseUrl),
        .. CapabilitiesFile(options.Capabilities),
    ];

    private static IEnumerable<string> BaseUrl(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return ["Ehr:BaseUrl is missing: the FHIR R4 base URL of the EHR, such as https://ehr.example.org/api/FHIR/R4 (as an environment variable: Ehr__BaseUrl)."];
        }

        var good = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Query: "", Fragment: "", UserInfo: "" };
        return When(!good, "Ehr:BaseUrl is not a base URL; allowed is http:// or https:// with host and path, without user, query and fragment.");
    }

    private static IEnumerable<string> Duration(string name, DurationSetting setting, TimeSpan least, TimeSpan most)
    {
        if (setting.Unreadable is { } text)
        {
            return [$"{name} is '{text}'; {DurationSetting.Allowed}."];
        }

        return When(setting.Value < least || setting.Value > most, $"{name} is {setting}; allowed are {least:c} to {most:c}.");
    }

    private static IEnumerable<string> Auth(EhrAuthOptions auth, string? baseUrl) => auth.Mode switch
    {
        EhrAuthOptions.None => [],
        EhrAuthOptions.Bearer => When(auth.Token is null, "Ehr:Auth:Token is missing: the mode bearer sends it."),
        EhrAuthOptions.Backend =>
        [
            .. When(string.IsNullOrWhiteSpace(auth.ClientId), "Ehr:Auth:ClientId is missing: what the EHR registered the service as; the mode backend needs it."),
            .. Keys(auth.KeyFile),
            .. TokenUrl(auth.TokenUrl, baseUrl),
            .. When(auth.Scopes?.Any(sign => sign is < ' ' or > '~' or '"' or '\\') is true, "Ehr:Auth:Scopes has a sign that no scope has; allowed are scopes with spaces between them, as system/DocumentReference.c system/Patient.rs."),
        ],
        _ => [$"Ehr:Auth:Mode is '{auth.Mode}'; allowed are {EhrAuthOptions.None}, {EhrAuthOptions.Bearer} and {EhrAuthOptions.Backend}."],
    };

    private static IEnumerable<string> Keys(string? files)
    {
        if (string.IsNullOrWhiteSpace(files))
            return ["Ehr:Auth:KeyFile is missing: the private key that the mode backend signs with, PEM or JWK (openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 makes one)."];
        try
        {
            SmartKeys.Load(files).Dispose();
            return [];
        }
        catch (SmartKeyException unfit)
        {
            return [$"Ehr:Auth:KeyFile: {unfit.Message}; allowed are private RSA keys of 2048 bits and more, and P-384."];
        }
    }

    private static IEnumerable<string> TokenUrl(string? text, string? baseUrl) =>
        text is not null && Uri.TryCreate(baseUrl, UriKind.Absolute, out var home) && OutsideAddress.Fault(home, text) is { } fault
            ? [$"Ehr:Auth:TokenUrl {fault}; allowed is the https address of the EHR's token endpoint, or nothing where its smart-configuration names it."]
            : [];

    private static IEnumerable<string> CapabilitiesFile(string? path) => path is null ? [] : EhrNarrowing.Load(path).Faults;

    private static bool IsEncounter(string text) => text.Split('/') is ["Encounter", { Length: > 0 }];

    private static bool IsCode(string text) =>
        text.Split('|') is ([{ Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }]) and var parts && !parts.Any(part => part.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign)));

    private static IEnumerable<string> When(bool wrong, string fault) => wrong ? [fault] : [];
}
