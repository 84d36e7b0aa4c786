using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Pages;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Smart;

/// <summary>The pages that a person clicks through: plain forms, one choice a page.</summary>
internal static class SignInPages
{
    public static readonly IReadOnlyDictionary<string, string> NoReferrer = new Dictionary<string, string> { ["Referrer-Policy"] = "no-referrer" };

    public static FhirAnswer Users(string session, AuthorizationRequest request, IReadOnlyList<(SandboxUser User, string Name)> users) => Choice(session, request, "Who are you?",
        $"<p><strong>{AppName(request)}</strong> wants to be let in. Sign in as one of the people who work here; nobody has a password.</p>",
        users.Select(pair => Button("user", pair.User.Id, pair.Name, pair.User.Role)),
        $"<details><summary>What {AppName(request)} asks for</summary><ul>{string.Concat(Wishes(request).Select(wish => $"<li>{Page.Encode(wish)}</li>"))}</ul></details>");

    public static FhirAnswer Patients(string session, AuthorizationRequest request, (IReadOnlyList<JsonObject> Shown, int All) patients, string? sought = null) => Choice(session, request, "Whose chart?",
        $"""
        <p>{AppName(request)} shows one patient at a time. These are the patients whose charts you may open.</p>
        <form method="post" action="{OAuthAddresses.Path}/continue" role="search">
        <input type="hidden" name="session" value="{Page.Encode(session)}">
        <label>Name, birth date or number <input name="q" type="search" value="{Page.Encode(sought ?? "")}" maxlength="100"></label>
        <button>Search</button>
        </form>
        <p role="status">{HowMany(patients.Shown.Count, patients.All)}</p>
        """,
        patients.Shown.Select(patient => Button("patient", patient["id"].String()!, Charts.Name(patient), Facts(patient))),
        "");

    public static FhirAnswer Encounters(string session, AuthorizationRequest request, IReadOnlyList<JsonObject> encounters) => Choice(session, request, "Which visit?",
        $"<p>{AppName(request)} can open with one of the patient's visits.</p>",
        encounters.Select(encounter => Button("encounter", encounter["id"].String()!, VisitName(encounter), VisitTime(encounter))).Prepend(Button("encounter", "none", "None of them", "open the chart without a visit")),
        "");

    private static string HowMany(int shown, int all) => (shown, all) switch
    {
        (_, 0) => "Nobody is found.",
        (_, 1) => "1 patient.",
        _ when shown < all => $"The first {shown} of {all} patients; search for the others.",
        _ => $"{all} patients.",
    };

    /// <summary>Shown here and sent nowhere, because there is no address that could be trusted.</summary>
    public static FhirAnswer Fault(string words) => Page.Of(400, "This did not work", $"<p>{Page.Encode(words)}</p>") with { Headers = NoReferrer, Policy = Page.PolicyWith(formAction: "'none'", ancestors: "'self'") };

    public static string VisitName(JsonObject encounter) =>
        encounter.At("type.text").Concat(encounter.At("type.coding.display")).Concat(encounter.At("class.display")).Select(text => text.String()).FirstOrDefault(text => text is not null) ?? "Visit";

    public static string VisitTime(JsonObject encounter) => string.Join(" · ", new[]
    {
        encounter["period"]?["start"].String() is { } start ? start[..Math.Min(16, start.Length)].Replace('T', ' ') : null,
        encounter["status"].String()
    }.OfType<string>());

    private static FhirAnswer Choice(string session, AuthorizationRequest request, string title, string before, IEnumerable<string> buttons, string after)
    {
        var list = new StringBuilder();
        foreach (var button in buttons)
            list.Append($"<li>{button}</li>");
        return Page.Of(200, title, $"""
            {before}
            <form method="post" action="{OAuthAddresses.Path}/continue">
            <input type="hidden" name="session" value="{Page.Encode(session)}">
            <ul class="choices">{list}</ul>
            {after}
            <p class="foot"><button class="plain" name="deny" value="yes">Do not let it in</button></p>
            </form>
            """) with
        {
            Headers = NoReferrer,
            // A browser holds the redirect after a form to this list too.
            Policy = Page.PolicyWith(formAction: $"'self' {new Uri(request.RedirectUri).GetLeftPart(UriPartial.Authority)}", ancestors: "'self'")
        };
    }

    private static string Button(string name, string value, string words, string facts) =>
        $"""<button name="{name}" value="{Page.Encode(value)}"><strong>{Page.Encode(words)}</strong><span>{Page.Encode(facts)}</span></button>""";

    public static string Facts(JsonObject patient) => string.Join(" · ", new[]
    {
        patient["birthDate"].String() is { } born ? $"born {born}" : null,
        patient.At("identifier").Where(identifier => identifier.At("type.coding.code").Any(code => code.String() == "MR")).Select(identifier => identifier["value"].String()).FirstOrDefault() is { } number ? $"MRN {number}" : null,
        patient["deceasedDateTime"].String() is { } died ? $"died {died[..Math.Min(10, died.Length)]}" : null,
        patient.At("link").Any(link => link["type"].String() == "replaced-by") ? "merged into another chart" : null
    }.OfType<string>());

    private static string AppName(AuthorizationRequest request) => Page.Encode(request.Client.Name ?? request.Client.Id);

    private static IEnumerable<string> Wishes(AuthorizationRequest request)
    {
        if (request.Scopes.Has(ScopeSet.OpenId))
            yield return "to know who you are";
        foreach (var (level, whose) in new[] { ("patient", "in the chart that you choose"), ("user", "in the charts that you may see") })
        {
            if (request.Scopes.Resources.Where(scope => scope.Level == level && scope.Letters.Intersect("rs").Any()).Select(Kind).Distinct().ToList() is { Count: > 0 } read)
                yield return $"to read {string.Join(", ", read)} {whose}";
            if (request.Scopes.Resources.Where(scope => scope.Level == level && scope.Letters.Intersect("cud").Any()).Select(Kind).Distinct().ToList() is { Count: > 0 } write)
                yield return $"to write {string.Join(", ", write)} {whose}";
        }
        if (request.Scopes.Has(ScopeSet.Offline))
            yield return "to do this for thirty days, also when you are away";
        else if (request.Scopes.Has(ScopeSet.Online))
            yield return "to do this for the rest of your day";
    }

    private static string Kind(Scope scope) => scope.Type == "*" ? "everything" : scope.Type;
}
