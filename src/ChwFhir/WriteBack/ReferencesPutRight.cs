using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>
/// Some servers run a transaction like a batch: each entry for itself, and what one entry calls another by (<c>urn:uuid</c>) stays as it was. Looks at
/// what such a server has stored before the note is called written, puts the references right, and has the next notes written one by one.
/// A server that was seen to resolve them is looked at again only where entries were refused.
/// </summary>
internal sealed class ReferencesPutRight(NoteStore store, EhrConnection ehr, EhrQuestions questions, SearchEvidence evidence, BeforeSending before, TimeProvider time)
{
    private const string Resolves = "seen-to-resolve-references";

    /// <returns>Null when nothing is left to be put right.</returns>
    public async Task<NoteEnding?> EnsureAsync(NoteWork work, CancellationToken cancellationToken)
    {
        // Everything has its place, on a server that is known for it.
        var trusted = await evidence.HasAsync(EhrNarrowing.System, Resolves, cancellationToken);
        if (trusted && work.Mapped.Resources.All(one => work.PlaceOf(one.FullUrl) is not null))
            return null;

        await store.SaveInHandAsync(work.Lease.Claim, cancellationToken);
        var together = (await store.HistoryAsync(work.Stored.Number, cancellationToken)).Where(row => row.Interaction == Interactions.Transaction && row.Outcomes.Any(outcome => outcome.Word is OutcomeWord.Done or OutcomeWord.Found))
            .SelectMany(row => row.Keys).ToHashSet();
        if (together.Count == 0)
            return null;

        var missing = work.Mapped.Resources.Where(one => together.Contains(one.Key) && work.PlaceOf(one.FullUrl) is null).Select(one => one.FullUrl).ToHashSet();
        var doubtful = work.Mapped.Resources.Where(one => together.Contains(one.Key) && work.Known.Written.ContainsKey(one.Key) && !work.Decisions.IsClosed(one.Key)
            && PlacedReferences.Unplaced(one.Resource).Any(urn => !trusted || missing.Contains(urn))).ToList();
        List<string> left = [];
        foreach (var one in doubtful)
        {
            switch (await questions.ReadAsync<Resource>(work.Known.Written[one.Key].Reference, cancellationToken))
            {
                case Lookup<Resource>.NoAnswer:
                    return new NoteEnding.EndpointDown();
                case Lookup<Resource>.Found { Resource: var stored } when PlacedReferences.Unplaced(stored).Any():
                    switch (await PutRightAsync(work, one, stored, cancellationToken))
                    {
                        case null: return new NoteEnding.EndpointDown();
                        case false: left.Add(one.Key); break;
                    }
                    trusted = true;
                    break;
                case Lookup<Resource>.Found when !trusted && missing.Count == 0:
                    await evidence.SawAsync(EhrNarrowing.System, Resolves, cancellationToken);
                    trusted = true;
                    break;
            }
        }
        return left.Count == 0 ? null : new NoteEnding.NeedsPerson([new NoteIssue("error", "references-left", null,
            $"the EHR ran a transaction like a batch and takes no correction: references in {string.Join(", ", left)} lead nowhere")]);
    }

    // Null when there was no clear answer: the resource is there, and the next look shows whether its references are right.
    private async Task<bool?> PutRightAsync(NoteWork work, MappedResource one, Resource stored, CancellationToken cancellationToken)
    {
        await ehr.LearnAsync(EhrNarrowing.System, Interactions.Transaction, cancellationToken);
        if (!work.Capabilities.Updates(stored.TypeName) || stored.Meta?.VersionId is not { } version)
            return false;

        var right = PlacedReferences.Lasting(stored, work.Plan!, urn => work.PlaceOf(urn)?.Reference);
        // A person is told of that, and may close it.
        if (before.Look(one.Key, right, stored) is { } notValid)
        {
            work.Withhold([notValid with { Issue = notValid.Issue with { Detail = $"{notValid.Issue.Detail}; in the EHR its references lead nowhere" } }]);
            return true;
        }
        await work.Lease.OutlastAsync(ehr.LongestCall, cancellationToken);
        if (ehr.Endpoint.Stopped is not null || ehr.Endpoint.IsResting)
            return null;
        var intent = await store.IntendAsync(work.Lease.Claim, new Intent(work.Stored.Number, [one.Key], "PUT", Interactions.Update, work.Attempt), CancellationToken.None);
        var began = time.GetTimestamp();
        var answer = await ehr.Client.UpdateAsync(right, version, CancellationToken.None);
        ehr.Endpoint.ObserveWrite(answer, work.Stored.Number);

        var written = work.Known.Written[one.Key];
        var place = (answer as FhirAnswer.Done)?.Location;
        ResourceRow[] rows = answer is FhirAnswer.Done ? [new ResourceRow(one.Key, stored.TypeName, ResourceState.Written, written.Reference, place?.Version ?? version, written.How, Identities.Text(one.Identity))] : [];
        var definite = answer is FhirAnswer.Refused { Status: not 412 } refused && answer.SurelyNotDone && !Answers.IsAboutEndpoint(refused);
        var word = answer is FhirAnswer.Done ? OutcomeWord.Done : answer is FhirAnswer.Refused ? OutcomeWord.Refused : answer.SurelyNotDone ? OutcomeWord.NotSent : OutcomeWord.Unknown;
        await store.RecordAsync(work.Lease.Claim, intent, new IntentOutcome(word, null, "references put right", time.GetElapsedTime(began)), rows, [], CancellationToken.None);
        return answer is FhirAnswer.Done ? true : definite ? false : null;
    }
}
