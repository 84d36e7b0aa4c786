using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>Carries out what people decided, at the beginning of a note's next try. What the EHR shows to be otherwise goes back to them.</summary>
internal sealed class DecisionsApplied(NoteStore store, EhrQuestions questions)
{
    /// <summary>The note as it is asked about: with the chart and the encounter that a person chose.</summary>
    public static Input Chosen(Input input, NoteDecisions decisions) => input.Chosen(
        decisions.Chart?.Reference is { } chart ? Confirmed(input.Patient, chart) : input.Patient,
        decisions.Encounter?.Reference is { } encounter ? new PersonRef { Reference = encounter } : input.Encounter);

    /// <summary>A choice that turned out wrong is not made again by itself.</summary>
    public async Task TakeBackAsync(Claim claim, long number, NoteIssue wrong, NoteDecisions decisions, CancellationToken cancellationToken)
    {
        var choice = IssuePlaces.AreOfPatient(wrong) ? decisions.Chart : IssuePlaces.AreOfEncounter(wrong) ? decisions.Encounter : null;
        if (choice is not null)
            await store.VoidDecisionAsync(claim, number, choice.Id, cancellationToken);
    }

    // A person may confirm the chart that the note names by reference although it differs. Any other, also one found by a number, has to be that
    // of the person whom the note speaks of; where the note says it wrongly, the note is amended.
    private static NotePatient Confirmed(NotePatient? named, string chart) =>
        FhirReference.TryParse(named?.Reference ?? "", out var own) && $"{own.Type}/{own.Id}" == chart
            ? new NotePatient { Reference = chart }
            : new NotePatient { Reference = chart, Check = named?.Check };

    /// <summary>Records what a person found in the EHR, after a look at it.</summary>
    /// <returns>Null when all is as they said.</returns>
    public async Task<NoteEnding?> ApplyAsync(Claim claim, StoredNote stored, ResolvedNote resolved, MappedNote mapped, NoteDecisions decisions, CancellationToken cancellationToken)
    {
        foreach (var decision in decisions.Found)
        {
            // What an earlier edition may have written need not be said any more.
            var resource = mapped.Resources.FirstOrDefault(one => one.Key == decision.Key);
            var known = stored.Resources.FirstOrDefault(row => row.Key == decision.Key && row.State == ResourceState.Unknown);
            if ((resource is null && known is null)
                || stored.Resources.Any(row => row.Key == decision.Key && row.State is ResourceState.Written or ResourceState.Existing or ResourceState.Held))
                continue;

            var row = new ResourceRow(decision.Key, resource?.Resource.TypeName ?? known!.Type, ResourceState.Existing, null, null, "the EHR has it, as a person said", resource is null ? known!.Identity : Identities.Text(resource.Identity)) { Edition = known?.Edition ?? stored.Edition };
            if (decision.Reference is { } reference)
            {
                switch (await questions.ReadAsync<Resource>(reference, cancellationToken))
                {
                    case Lookup<Resource>.NoAnswer:
                        return new NoteEnding.EndpointDown();
                    case Lookup<Resource>.Found { Resource: var there } when Subjects.MayBeOf(there, resolved.Patient):
                        row = row with { State = ResourceState.Written, Reference = reference, Version = there.Meta?.VersionId, How = "found in the EHR by a person" };
                        if (resource is not null)
                            Remember(claim, stored, resource, there, reference);
                        break;
                    // What the EHR keeps from us may still be there: the person has seen it.
                    case Lookup<Resource>.Refused:
                        row = row with { State = ResourceState.Written, Reference = reference, How = "found in the EHR by a person; not shown to the service" };
                        break;
                    default:
                        await store.VoidDecisionAsync(claim, stored.Number, decision.Id, cancellationToken);
                        return new NoteEnding.NeedsPerson([new NoteIssue("error", "decision-wrong", null, $"the EHR has no such {row.Type} of this patient; a person has to decide again what became of {HeldSince.NameOf(row.Key)}")]);
                }
            }
            await store.SettleAsync(claim, stored.Number, row, cancellationToken);
        }
        return null;
    }

    // The next visits find it by its place.
    private void Remember(Claim claim, StoredNote stored, MappedResource resource, Resource there, string reference)
    {
        if (resource.LongLived)
            store.SaveSaid(claim, stored.Number,
                [new LongLivedRow(LongLivedKeys.Of(resource), there.TypeName, reference, there.Meta?.VersionId, FhirJson.ToBytes(there), stored.VisitTime, resource.FoldedText)]);
    }
}
