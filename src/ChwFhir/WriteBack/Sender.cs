using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>
/// Sends one group of a plan: intent on disk, then the request, then the outcome on disk. Once sent, neither a leaving caller nor a stopping host
/// keeps the answer from being recorded.
/// </summary>
internal sealed class Sender(NoteStore store, EhrConnection ehr, BeforeSending before, SearchEvidence evidence, SearchProof proof, TimeProvider time, WriteBackMetrics metrics)
{
    public async Task<Sent> SendAsync(NoteWork work, WriteGroup group, CancellationToken cancellationToken)
    {
        var bodies = PlacedReferences.Outgoing(group, work.Plan!);
        if (before.Look(group, bodies, work.LookedAt) is { Count: > 0 } notValid)
        {
            // A plan that has it all the same would go round for ever; so the note's next try comes later, and a person is told in the end.
            if (notValid.Any(one => work.Known.Refused.ContainsKey(NotValidParts.KeyOf(one))))
                throw new InvalidOperationException("What is withheld was planned again.");
            work.Withhold(notValid);
            return new Sent.Progress();
        }
        await work.Lease.OutlastAsync(ehr.LongestCall, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        // Trouble that another patient's note has met, or a person who stopped the writes in between.
        if (ehr.Endpoint.Stopped is not null || ehr.Endpoint.IsResting)
            return new Sent.EndpointDown();
        return group.Transaction
            ? await SendTransactionAsync(work, group, bodies)
            : await SendSingleAsync(work, group.Steps[0], bodies[0]);
    }

    private async Task<Sent> SendSingleAsync(NoteWork work, PlanStep step, Resource resource)
    {
        var update = step.Will == PlanVerb.Update;
        var intent = await IntendAsync(work, new Intent(work.Stored.Number, [step.Key], update ? "PUT" : "POST", Answers.Interaction(step), work.Attempt));
        var started = time.GetTimestamp();
        var answer = update
            ? await ehr.Client.UpdateAsync(resource, step.Version, CancellationToken.None)
            : await ehr.Client.CreateAsync(resource, step.IfNoneExist, step.IfNoneExist is not null && await evidence.HasAsync(step.Type, SearchEvidence.HonoursCondition, CancellationToken.None), CancellationToken.None);

        var verdict = Answers.Of(answer, step);
        Observe(answer, verdict, work);
        await RecordAsync(work, intent, [(step, verdict)], StatusOf(answer), time.GetElapsedTime(started));
        // Whether this server's search shows what we write is found out while nothing is at stake.
        if (verdict is Verdict.Written && step is { Will: PlanVerb.Create, IfNoneExist: null })
        {
            await store.SaveInHandAsync(work.Lease.Claim, CancellationToken.None);
            await proof.TryAsync(step.Type, work.Capabilities, CancellationToken.None);
        }
        if (verdict is Verdict.Written { WasThere: true })
            await evidence.SawAsync(step.Type, SearchEvidence.HonoursCondition, CancellationToken.None);
        return await ConcludeAsync(work, [(step, verdict)]);
    }

    // The commit may have taken its time, and a send starts only while the lease outlasts it. Whoever has the lane by then finds the intent.
    private async Task<long> IntendAsync(NoteWork work, Intent intent)
    {
        var number = await store.IntendAsync(work.Lease.Claim, intent, CancellationToken.None);
        await work.Lease.OutlastAsync(ehr.LongestCall, CancellationToken.None);
        return number;
    }

    private async Task<Sent> SendTransactionAsync(NoteWork work, WriteGroup group, IReadOnlyList<Resource> bodies)
    {
        var bundle = Transactions.Of(group, bodies);
        var intent = await IntendAsync(work, new Intent(work.Stored.Number, [.. group.Steps.Select(step => step.Key)], "POST", Interactions.Transaction, work.Attempt));
        var started = time.GetTimestamp();
        var answer = await ehr.Client.TransactionAsync(bundle, CancellationToken.None);
        ehr.Endpoint.ObserveWrite(answer, work.Stored.Number);
        var took = time.GetElapsedTime(started);

        if (answer is FhirAnswer.Done { Resource: Bundle told })
        {
            var verdicts = group.Steps.Zip(TransactionAnswer.Read(bundle, told).Entries, (step, entry) => (step, Answers.Of(entry, step))).ToList();
            await RecordAsync(work, intent, verdicts, 200, took);
            return await ConcludeAsync(work, verdicts);
        }

        if (answer is not FhirAnswer.Refused refused || Answers.IsAboutEndpoint(refused))
        {
            Verdict open = answer.SurelyNotDone ? new Verdict.Endpoint(Answers.WordOf(answer)) : new Verdict.Unknown(Answers.WordOf(answer));
            await RecordAsync(work, intent, [.. group.Steps.Select(step => (step, open))], StatusOf(answer), took);
            return open is Verdict.Endpoint ? new Sent.EndpointDown() : new Sent.Open();
        }

        await store.RecordAsync(work.Lease.Claim, intent, new IntentOutcome(OutcomeWord.Refused, refused.Status, refused.Outcome?.Summary(), took), [], [], CancellationToken.None);
        return await WholeRefusedAsync(work, group, refused);
    }

    // A 403 without words to a document is not about the document: the endpoint lets the service write nothing.
    private void Observe(FhirAnswer answer, Verdict verdict, NoteWork work)
    {
        if (verdict is Verdict.Endpoint && answer is FhirAnswer.Refused refused && !Answers.IsAboutEndpoint(refused))
            ehr.Endpoint.PauseWrites(EndpointTrouble.NotAllowed);
        else
            ehr.Endpoint.ObserveWrite(answer, work.Stored.Number);
    }

    // All or nothing: the server names the entry for which it refused the whole, or it takes no transactions, or single writes will show which it was.
    private async Task<Sent> WholeRefusedAsync(NoteWork work, WriteGroup group, FhirAnswer.Refused refused)
    {
        // It may name all entries, or none: what one resource teaches of the claims holds for all.
        if (group.Steps.FirstOrDefault(one => WithoutOwnProfiles.AreRefused(refused.Outcome, one.Resource)) is { } claiming)
            return await ConcludeAsync(work, [(claiming, Answers.Refusal(refused.Status, refused.Outcome, claiming))]);
        if (Transactions.Named(refused.Outcome, group) is { } step)
        {
            var verdict = refused.Status == 412 ? Answers.Precondition(step) : Answers.Refusal(refused.Status, refused.Outcome, step);
            return await ConcludeAsync(work, [(step, verdict)]);
        }
        // Without an update in it, several match one of the creates: single writes will show which.
        if (refused.Status == 412 && group.Steps.Any(one => one.Will == PlanVerb.Update))
            return new Sent.ReadAgain();
        if (PersonCodes.Of(refused.Outcome) is { } person)
            return new Sent.NeedsPerson(new NoteIssue("error", person.Word, "/patient", person.Detail));
        if (refused.Status is 403 or 404 or 405 or 501)
        {
            await ehr.LearnAsync(EhrNarrowing.System, Interactions.Transaction, CancellationToken.None);
            work.Capabilities = await ehr.CapabilitiesAsync(CancellationToken.None) ?? work.Capabilities;
        }
        work.Known = work.Known with { OneByOne = true };
        await store.RefuseAsync(work.Lease.Claim, work.Stored.Number, Decisions.AsOne, Answers.WordOf(refused), CancellationToken.None);
        return new Sent.Progress();
    }

    private async Task RecordAsync(NoteWork work, long intent, IReadOnlyList<(PlanStep Step, Verdict Verdict)> verdicts, int? status, TimeSpan took)
    {
        var written = verdicts.Where(one => one.Verdict is Verdict.Written).ToList();
        List<ResourceRow> rows = [];
        foreach (var (step, verdict) in written)
        {
            var (place, wasThere) = (Verdict.Written)verdict;
            // A long-lived one that was there after all does not say yet what this visit says: it is read and updated.
            if (wasThere && step.Said is not null)
                continue;
            var how = Phrases.Joined(step.How is { } special ? special : step.Will == PlanVerb.Update ? "updated" : wasThere ? "already there" : "created", step.SentAs, step.HeldByEhr ? "held by the EHR until a clinician reconciles it" : null);
            work.Wrote(step.Key, new WrittenResource(place.Reference, place.Version, how));
            rows.Add(new ResourceRow(step.Key, step.Type, step.HeldByEhr ? ResourceState.Held : ResourceState.Written, place.Reference, place.Version, how, step.Identity));
        }
        foreach (var (step, verdict) in verdicts)
        {
            if (verdict is not Verdict.There there)
                continue;
            work.FoundThere(step.Key, there.How);
            rows.Add(new ResourceRow(step.Key, step.Type, ResourceState.Existing, null, null, there.How, step.Identity));
        }

        var kept = SaidRows.Of(rows.Where(row => row.Reference is not null).Select(row => work.Plan!.Steps.First(step => step.Key == row.Key)).Concat(NotSent(work)), work.Plan!, work.Mapped, work.Known.VisitTime, work.PlaceOf);
        var outcome = new IntentOutcome(WordOf(verdicts), status, DetailOf(verdicts), took);
        store.Record(work.Lease.Claim, intent, outcome, rows, kept);
        // Where all went well the next intent follows at once, or the end of the try: it goes with that. Anything else is thought over first.
        if (!verdicts.All(one => one.Verdict is Verdict.Written { WasThere: false }))
            await store.SaveInHandAsync(work.Lease.Claim, CancellationToken.None);
        foreach (var (step, verdict) in verdicts)
            metrics.Step(step.Type, verdict.GetType().Name.ToLowerInvariant());
    }

    // What the visit says of long-lived things that are not sent is remembered with whatever is.
    private static IEnumerable<PlanStep> NotSent(NoteWork work) => work.Plan!.Steps.Where(step => step.Said is not null && !step.IsSent && !step.Done);

    private async Task<Sent> ConcludeAsync(NoteWork work, IReadOnlyList<(PlanStep Step, Verdict Verdict)> verdicts)
    {
        var readAgain = false;
        foreach (var (step, verdict) in verdicts)
        {
            switch (verdict)
            {
                case Verdict.NotTaken taken:
                    await ehr.LearnAsync(step.Type, Answers.Interaction(step), CancellationToken.None);
                    work.Capabilities = await ehr.CapabilitiesAsync(CancellationToken.None) ?? work.Capabilities;
                    work.Refused(step.Key, taken.Reason);
                    break;
                case Verdict.NotThis not when Forms.After(step.Resource, not.Elements, work.Capabilities.Forms) is { } notSo:
                    await ehr.LearnAsync(Forms.LearnedOf(step.Type, notSo), notSo, CancellationToken.None);
                    work.Capabilities = await ehr.CapabilitiesAsync(CancellationToken.None) ?? work.Capabilities;
                    // A server whose statement cannot be read just now has taught all the same: the same form is not tried twice.
                    if (Forms.After(step.Resource, not.Elements, work.Capabilities.Forms) is not null)
                        await RefusedAsync(work, step, not.Reason);
                    break;
                case Verdict.NotThis not:
                    await RefusedAsync(work, step, not.Reason);
                    break;
                case Verdict.There:
                    await evidence.SawAsync(step.Type, SearchEvidence.RefusesRepeats, CancellationToken.None);
                    break;
                case Verdict.Changed:
                case Verdict.Written { WasThere: true } when step.Said is not null:
                    readAgain = true;
                    break;
            }
        }

        if (verdicts.Any(one => one.Verdict is Verdict.Unknown))
            return new Sent.Open();
        if (verdicts.Any(one => one.Verdict is Verdict.Endpoint))
        {
            // An entry's "busy" stands in an answer that is otherwise a good one.
            if (!ehr.Endpoint.IsResting)
                ehr.Endpoint.PauseWrites(EndpointTrouble.Busy);
            return new Sent.EndpointDown();
        }
        if (verdicts.Select(one => one.Verdict).OfType<Verdict.Person>().FirstOrDefault() is { } person)
            return new Sent.NeedsPerson(new NoteIssue("error", person.Word, "/patient", person.Detail));
        if (verdicts.FirstOrDefault(one => one.Verdict is Verdict.Duplicates).Step is { } several)
            return new Sent.NeedsPerson(new NoteIssue("error", "duplicate-in-ehr", null, $"the EHR has several of {several.Key}; a person has to say which one counts"));
        return readAgain ? new Sent.ReadAgain() : new Sent.Progress();
    }

    // The next try, in this process or another, does not send it again.
    private async Task RefusedAsync(NoteWork work, PlanStep step, string reason)
    {
        work.Refused(step.Key, reason);
        await store.RefuseAsync(work.Lease.Claim, work.Stored.Number, step.Key, reason, CancellationToken.None);
    }

    private static OutcomeWord WordOf(IReadOnlyList<(PlanStep Step, Verdict Verdict)> verdicts)
    {
        if (verdicts.Any(one => one.Verdict is Verdict.Unknown))
            return OutcomeWord.Unknown;
        if (verdicts.Any(one => one.Verdict is Verdict.Written or Verdict.There))
            return OutcomeWord.Done;
        return verdicts.Any(one => one.Verdict is Verdict.Endpoint) ? OutcomeWord.NotSent : OutcomeWord.Refused;
    }

    private static string? DetailOf(IReadOnlyList<(PlanStep Step, Verdict Verdict)> verdicts) => verdicts.Select(one => one.Verdict switch
    {
        Verdict.NotThis not => not.Reason,
        Verdict.NotTaken taken => taken.Reason,
        Verdict.Unknown unknown => unknown.Why,
        Verdict.Endpoint endpoint => endpoint.Why,
        Verdict.Changed => "somebody wrote in between",
        Verdict.Duplicates => "the EHR has several",
        Verdict.Person person => person.Word,
        _ => null,
    }).FirstOrDefault(detail => detail is not null);

    private static int? StatusOf(FhirAnswer answer) => answer switch
    {
        FhirAnswer.Done done => done.Status,
        FhirAnswer.Refused refused => refused.Status,
        FhirAnswer.Busy busy => busy.Status,
        FhirAnswer.Failed failed => failed.Status,
        _ => null,
    };
}
