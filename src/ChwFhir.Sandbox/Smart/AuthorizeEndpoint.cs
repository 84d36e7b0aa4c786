using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Smart;

/// <summary>
/// Where a browser comes to have an app let in. From the EHR (a launch handle) everything is settled; otherwise a person says who they are and, where
/// the app needs it, whose chart and which visit it is about. What is wrong with the app or its address is said here; only then is anything sent there.
/// </summary>
internal sealed class AuthorizeEndpoint(Clients clients, TokenStore tokens, Launches launches, Charts charts, OAuthAddresses at, TimeProvider clock, LoginSetting login)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly Shelf<SignIn> open = new(clock, 5_000);

    public FhirAnswer Answer(Parameters parameters)
    {
        if (clients.Find(parameters["client_id"]) is not { } client)
            return SignInPages.Fault("This app is not registered here.");
        if (parameters["redirect_uri"] is not { } redirectUri || !client.RedirectUris.Contains(redirectUri, StringComparer.Ordinal))
            return SignInPages.Fault("The address that the app wants to go back to is not registered for it.");
        try
        {
            var answer = Next(Start(AuthorizationRequest.Read(client, redirectUri, parameters, at)));
            return parameters["prompt"] == "none" && answer.Location is null ? throw new OAuthRefusal(400, "login_required", "A person has to choose, and the app does not want one to be asked.") : answer;
        }
        catch (OAuthRefusal refusal)
        {
            return Back(redirectUri, parameters["state"], ("error", refusal.Error), ("error_description", refusal.Message));
        }
    }

    /// <summary>A choice on one of the pages.</summary>
    public FhirAnswer Go(Parameters parameters)
    {
        parameters.RefuseDoubled();
        if (parameters["session"] is not { } session || open.Find(Secret.Hash(session)) is not { } signIn)
            return SignInPages.Fault("This sign-in has ended or took too long. Start again from the app.");
        var request = signIn.Request;
        if (parameters["deny"] is not null)
        {
            open.Take(Secret.Hash(session));
            return Back(request.RedirectUri, request.State, ("error", "access_denied"), ("error_description", "The person did not want it."));
        }
        if (parameters["user"] is { } user)
            return Next(new SignIn(request) { User = charts.Users().Select(pair => pair.User).FirstOrDefault(one => one.Id == user) }, session);
        if (signIn.User is { } seeker && signIn.Request.WantsPatient && parameters["q"] is { } sought)
            return SignInPages.Patients(session, request, charts.PatientsOf(seeker, sought), sought);
        if (signIn.User is { } who && parameters["patient"] is { } patient && charts.IsOpen(who, patient))
            return Next(signIn with { Patient = patient, Encounter = null, EncounterIsChosen = false }, session);
        if (signIn.Patient is { } chart && parameters["encounter"] is { } encounter && (encounter == "none" || charts.IsEncounterOf(chart, encounter)))
            return Next(signIn with { Encounter = encounter == "none" ? null : encounter, EncounterIsChosen = true }, session);
        return Next(signIn, session);
    }

    private SignIn Start(AuthorizationRequest request)
    {
        if (request.Launch is { } handle)
            return launches.Take(handle, request.Client.Id) is { } launch
                ? new(request) { User = launch.User, Patient = launch.Patient, Encounter = launch.Encounter, EncounterIsChosen = true }
                : throw new OAuthRefusal(400, "invalid_request", "The launch is not one of this app, is too old or was used before.");
        var signIn = new SignIn(request) { User = login.User };
        if (login is not { User: { } user, Patient: { } patient } || !request.WantsPatient)
            return signIn;
        if (!charts.IsOpen(user, patient) || (login.Encounter is { } visit && !charts.IsEncounterOf(patient, visit)))
            throw new OAuthRefusal(400, "access_denied", "Ehr__Sandbox__Login names a chart or a visit that is not there for its user.");
        return signIn with { Patient = patient, Encounter = request.WantsEncounter ? login.Encounter : null, EncounterIsChosen = true };
    }

    private FhirAnswer Next(SignIn signIn, string? session = null)
    {
        if (signIn.User is not { } user)
            return SignInPages.Users(Kept(signIn, ref session), signIn.Request, charts.Users());
        if (signIn.Patient is null && signIn.Request.WantsPatient)
            return SignInPages.Patients(Kept(signIn, ref session), signIn.Request, charts.PatientsOf(user));
        if (signIn is { Patient: { } patient, EncounterIsChosen: false } && signIn.Request.WantsEncounter)
            return SignInPages.Encounters(Kept(signIn, ref session), signIn.Request, charts.EncountersOf(patient));
        if (session is not null && open.Take(Secret.Hash(session)) is null)
            return SignInPages.Fault("This sign-in has ended. Start again from the app.");
        return LetIn(signIn, user);
    }

    private FhirAnswer LetIn(SignIn signIn, SandboxUser user)
    {
        var request = signIn.Request;
        var grant = new Grant
        {
            Client = request.Client,
            Scopes = signIn.Patient is null ? request.Scopes.Without("patient") : request.Scopes,
            Since = clock.GetUtcNow(),
            User = user,
            Patient = signIn.Patient,
            Encounter = signIn.Encounter,
            Nonce = request.Nonce
        };
        return Back(request.RedirectUri, request.State, ("code", tokens.NewCode(grant, request.RedirectUri, request.Challenge)));
    }

    private string Kept(SignIn signIn, ref string? session)
    {
        session ??= Secret.New();
        open.Take(Secret.Hash(session));
        open.TryAdd(Secret.Hash(session), signIn, Patience);
        return session;
    }

    // iss tells an app that knows several servers which one answers (RFC 9207).
    private FhirAnswer Back(string redirectUri, string? state, params (string Name, string Value)[] parameters)
    {
        var query = parameters.Append(("iss", at.Issuer)).Concat(state is null ? [] : [("state", state)]).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}");
        return new(303) { Location = $"{redirectUri}{(redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', query)}", Headers = SignInPages.NoReferrer };
    }
}
