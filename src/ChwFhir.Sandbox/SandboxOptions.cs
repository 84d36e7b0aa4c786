using ChwFhir.Sandbox.Smart;

namespace ChwFhir.Sandbox;

/// <summary>How the embedded EHR starts: the settings under <c>Ehr__Sandbox__…</c> and where its store lies.</summary>
public sealed record SandboxOptions
{
    /// <summary>Scheme, loopback host and port. Port 0 takes a free one; <see cref="SandboxEhr.BaseUrl"/> tells which.</summary>
    public string Url { get; init; } = "http://localhost:5090";

    /// <summary><c>open</c> takes everything that the CapabilityStatement says; <c>epic</c> takes the few writes that Epic's public R4 takes.</summary>
    public string Capabilities { get; init; } = "open";

    /// <summary>Of the open server: <c>any</c> takes whatever profile is claimed; <c>known</c> refuses what claims one that is not HL7's.</summary>
    public string Profiles { get; init; } = "any";

    /// <summary>Folder of <c>sandbox.db</c>. Deleting it resets everything.</summary>
    public string Directory { get; init; } = "App_Data";

    /// <summary>A transaction, batch or collection Bundle that is loaded at every start; what it holds by identifier already is not doubled.</summary>
    public string? Load { get; init; }

    /// <summary><c>optional</c>: a loopback call without a token may read and write; <c>required</c>: it may not.</summary>
    public string Tokens { get; init; } = "optional";

    /// <summary>Whether an empty store starts with the project's own patients.</summary>
    public bool Seed { get; init; } = true;

    /// <summary>Who signs in: <c>pages</c> asks; <c>auto:chw-1</c>, <c>auto:chw-1/rosa-m</c> and <c>auto:chw-1/rosa-m/rosa-m-home-1</c> choose the user, the patient and the visit without asking.</summary>
    public string Login { get; init; } = LoginSetting.Pages;

    /// <summary>Who is registered with the authorization server.</summary>
    public IReadOnlyList<SandboxClient> Clients { get; init; } = SandboxClient.Usual(new Uri("http://localhost:5080"));

    /// <summary>How long an access token is good; null is an hour, and five minutes for a service's own on the open server.</summary>
    public TimeSpan? TokenLife { get; init; }

    /// <summary>Takes further bearer tokens as good for everything, beside those that the authorization server gave.</summary>
    public Func<string, CancellationToken, ValueTask<bool>>? TokenIsGood { get; init; }

    /// <summary>The LOINC codes of the note types that the strict server takes; null is the usual list.</summary>
    public IReadOnlyList<string>? NoteTypes { get; init; }

    /// <summary>How long the strict server remembers where the next page of a search begins.</summary>
    public TimeSpan PagingSessionLife { get; init; } = TimeSpan.FromMinutes(10);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal bool KnowsItsProfiles => Profiles == "known";

    internal bool IsEpic => Capabilities == "epic";

    internal Uri CheckedUrl()
    {
        List<string> faults = [];
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || !url.IsLoopback || url.AbsolutePath != "/")
            faults.Add("Ehr__Sandbox__Url: an http address of this machine without a path, as http://localhost:5090.");
        if (Capabilities is not ("open" or "epic"))
            faults.Add("Ehr__Sandbox__Capabilities: open or epic.");
        if (Tokens is not ("optional" or "required"))
            faults.Add("Ehr__Sandbox__Tokens: optional or required.");
        if (Profiles is not ("any" or "known"))
            faults.Add("Ehr__Sandbox__Profiles: any or known.");
        if (Load is not null && !File.Exists(Load))
            faults.Add("Ehr__Sandbox__Load: the file is not there.");
        if (LoginSetting.Read(Login) is null)
            faults.Add($"Ehr__Sandbox__Login: pages, or auto:user, auto:user/patient, auto:user/patient/encounter; users: {string.Join(", ", SandboxUser.All.Select(user => user.Id))}.");
        if (TokenLife < TimeSpan.FromSeconds(1))
            faults.Add("Ehr__Sandbox__TokenLife: a second or more.");
        faults.AddRange(Clients.SelectMany(client => client.Faults()));
        return faults.Count == 0 ? url! : throw new SandboxStartException(string.Join(' ', faults));
    }
}
