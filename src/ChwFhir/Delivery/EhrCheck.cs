using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Smart;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.Delivery;

/// <summary>
/// Looks at the EHR for somebody who sets it up: what it declares, whether the token is taken, what would become of a note. Three reads, of which none
/// touches a chart; nothing is written, and no pause, stop or learned refusal is changed by it.
/// </summary>
public sealed class EhrCheck(EhrConnection ehr, EhrSignIn signIn, TokenScopes scopes, IOptions<EhrOptions> options, IOptions<PlanningOptions> planning, MappingOptions mapping, IEnumerable<CheckWarnings> warnings, NoteStore store, TimeProvider time)
{
    private const int MostScopes = 5;

    public async Task<CheckReport> LookAsync(CancellationToken cancellationToken) =>
        await LookAtEhrAsync(cancellationToken) with { Store = CheckStore.Lines(store.Place, await store.LookAtSealAsync(cancellationToken), time.GetUtcNow()) };

    private async Task<CheckReport> LookAtEhrAsync(CancellationToken cancellationToken)
    {
        try
        {
            var look = await ehr.LookAsync(cancellationToken);
            return look.Capabilities is { } capabilities ? await ReportAsync(look, capabilities, cancellationToken) : Trouble(look.Answer);
        }
        catch (UnsupportedFhirReleaseException wrong)
        {
            return Ending(CheckReport.Wrong, wrong.Message) with { Release = wrong.Release };
        }
    }

    private async Task<CheckReport> ReportAsync(EhrLook look, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var smart = await SmartAsync(cancellationToken);
        var (token, refused) = await TokenAsync(cancellationToken);
        var plan = Plan(capabilities);
        var note = plan.Steps.First(step => step.Key == Planner.DocumentKey);
        var (result, verdict) = (refused, note.Will) switch
        {
            (not null, _) => refused.Value,
            (_, PlanVerb.Create) => (CheckReport.Good, "Notes can be filed. Nothing was written."),
            _ => (CheckReport.Wrong, $"No note can be filed: the EHR takes no document ({capabilities.WhyNoCreate("DocumentReference")}). Notes stay with the service and wait for a person."),
        };
        return Ending(result, verdict) with
        {
            Release = capabilities.FhirVersion,
            Access = [.. smart, token, .. Scopes()],
            Plan = [.. Lines(plan, capabilities)],
            Limits = [.. CheckLimits.Of(capabilities, options.Value)],
            Learned = [.. look.Learned.NotTaken.Select(entry => $"{entry.Type} {entry.Interaction}, until {entry.Until:yyyy-MM-dd HH:mm} UTC")],
        };
    }

    private CheckReport Ending(int result, string verdict) => new() { Ehr = ehr.Id, Result = result, Verdict = verdict, Warnings = [.. warnings.SelectMany(one => one.Lines)] };

    private CheckReport Trouble(FhirAnswer answer) => answer switch
    {
        FhirAnswer.Refused { Status: 401 } or FhirAnswer.Refused { Challenge: "invalid_token" or "insufficient_scope" } => Ending(CheckReport.Wrong, "The EHR does not accept the token (401): see Ehr__Auth__Mode and what belongs to it."),
        FhirAnswer.Refused { Body: BodyKind.Html } or FhirAnswer.Failed { Status: < 300, Body: BodyKind.Html } => Ending(CheckReport.Wrong, "A web page answers there, not a FHIR server: Ehr__BaseUrl must be the FHIR base."),
        FhirAnswer.Failed { Status: < 300 } => Ending(CheckReport.Wrong, "What answers there does not speak FHIR in JSON: Ehr__BaseUrl must be the FHIR base."),
        FhirAnswer.Refused refused => Ending(CheckReport.Wrong, $"The EHR does not say what it takes ({refused.Status} to /metadata): Ehr__BaseUrl must be the FHIR base."),
        FhirAnswer.Busy busy => Ending(CheckReport.Away, $"The EHR is busy ({busy.Status}). Notes wait; try again later."),
        FhirAnswer.Failed failed => Ending(CheckReport.Away, $"The EHR fails ({failed.Status}). Notes wait; try again later."),
        FhirAnswer.NotSent { NoToken: EndpointTrouble.ClientRefused } none => Ending(CheckReport.Wrong, $"There is no token: {none.Why}."),
        FhirAnswer.NotSent { NoToken: not null } none => Ending(CheckReport.Away, $"There is no token just now: {none.Why}. Notes wait; try again later."),
        FhirAnswer.NotSent none => Ending(CheckReport.Away, $"The EHR does not answer: {none.Why}. Notes wait; try again later."),
        FhirAnswer.Lost lost => Ending(CheckReport.Away, $"The EHR does not answer: {lost.Why}. Notes wait; try again later."),
        _ => Ending(CheckReport.Away, "The EHR has failed too often in a row and is left in peace for a moment. Notes wait; try again later."),
    };

    private async Task<IReadOnlyList<string>> SmartAsync(CancellationToken cancellationToken)
    {
        if (await ReadSmartAsync(cancellationToken) is not { } smart)
            return ["no smart-configuration"];

        return
        [
            $"smart-configuration {(smart.TokenEndpoint is null ? "without a token endpoint" : $"with tokens from {smart.TokenEndpoint}")}",
            .. smart.TokenEndpoint is null ? [] : smart.FaultsForBackend(ehr.Client.BaseUrl).Select(fault => $"it cannot be used: {fault}"),
            .. Offered([.. smart.Scopes.Where(scope => scope.StartsWith("system/", StringComparison.Ordinal))]),
        ];
    }

    // Some servers list each type with each letter.
    private static IEnumerable<string> Offered(IReadOnlyList<string> scopes) => scopes.Count switch
    {
        0 => [],
        <= MostScopes => [$"scopes that may be asked for: {string.Join(' ', scopes)}"],
        var count => [$"scopes that may be asked for: {string.Join(' ', scopes.Take(MostScopes))} and {count - MostScopes} more"],
    };

    private async Task<SmartConfiguration?> ReadSmartAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(options.Value.RequestTimeout);
        try
        {
            return await signIn.ReadAsync(enough.Token);
        }
        catch (Exception away) when (away is HttpRequestException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    // A search for a number that nobody has: it finds nothing, and shows whether the token opens the door.
    private async Task<(string Line, (int, string)? Refused)> TokenAsync(CancellationToken cancellationToken)
    {
        var search = await ehr.Client.SearchAsync("Patient", [new("identifier", $"{mapping.IdentifierSystem}|nobody")], 1, cancellationToken);
        var how = options.Value.Auth.Mode switch { EhrAuthOptions.None => "no token is sent", EhrAuthOptions.Backend => "a token was given for the service's key and is sent", _ => "the token is sent" };
        return search.Trouble switch
        {
            FhirAnswer.Refused { Status: 401 } or FhirAnswer.Refused { Challenge: "invalid_token" } =>
                ($"{how}; a read is refused", (CheckReport.Wrong, $"The EHR does not let the service in (401): {how}. See Ehr__Auth__Mode and what belongs to it.")),
            FhirAnswer.Refused { Status: 403 } =>
                ($"{how}; a read of Patient is not allowed", (CheckReport.Wrong, "The EHR does not let the service read Patient (403): without it no chart is checked, and nothing is written.")),
            null or FhirAnswer.Refused => ($"{how}; a read is allowed", null),
            _ => ($"{how}; whether a read is allowed could not be seen", (CheckReport.Away, "The EHR stopped answering. Notes wait; try again later.")),
        };
    }

    private IEnumerable<string> Scopes() =>
        scopes.Granted is { } granted ? granted.Words.Chunk(MostScopes).Select((words, row) => row == 0 ? $"granted: {string.Join(' ', words)}" : $"  {string.Join(' ', words)}") : options.Value.Auth.Mode == EhrAuthOptions.None ? [] : ["the token does not say what it was granted"];

    private WritePlan Plan(EhrCapabilities capabilities)
    {
        var mapped = CheckNote.Map(mapping);
        // As it is when the EHR has an encounter for the visit.
        var known = new Known { Encounters = [new EncounterCandidate("Encounter/check", true) { Open = true }] };
        return Planner.Plan(mapped, capabilities, known, planning.Value);
    }

    private static IEnumerable<CheckLine> Lines(WritePlan plan, EhrCapabilities capabilities) => plan.Steps
        .Select(step => (Part: CheckNote.Part(step.Key), Line: new CheckLine(CheckNote.Part(step.Key).What, step.Type, Words.Of(step.Will), Why(step, capabilities))))
        .DistinctBy(one => one.Line).OrderBy(one => one.Part.Place).Select(one => one.Line);

    private static string Why(PlanStep step, EhrCapabilities capabilities) => step.Will switch
    {
        PlanVerb.Create => Phrases.Joined(step.SentAs, step.HeldByEhr ? "held by the EHR until a clinician reconciles it" : null),
        PlanVerb.UseExisting => capabilities.RequiresEncounter ? "the EHR's own of that day; without one the note waits for a person" : "the EHR's own of that day, where there is one",
        _ when !capabilities.Takes(step.Type, Interactions.Create) => capabilities.WhyNoCreate(step.Type)!,
        _ => step.Why,
    };
}
