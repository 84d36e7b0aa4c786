using ChwFhir.Planning;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>What is known becomes a plan, the plan becomes requests, their answers become known: until nothing is left to be sent.</summary>
internal sealed class PlannedWrites(NoteStore store, Settler settler, Sender sender, IOptions<PlanningOptions> planning)
{
    /// <returns>Null: somebody wrote in between, what is known has to be read again.</returns>
    public async Task<NoteEnding?> RunAsync(NoteWork work, Func<NoteWork, CancellationToken, Task<NoteEnding>> concludeAsync, CancellationToken cancellationToken)
    {
        Plan(work);
        var sent = false;
        for (var open = true; ;)
        {
            switch (open ? await settler.SettleAsync(work, cancellationToken) : new Settling.Settled())
            {
                case Settling.NotYet { LookAgainAt: var again }:
                    return new NoteEnding.Waits(again, Counts: sent);
                case Settling.NoAnswer:
                    return new NoteEnding.EndpointDown();
                case Settling.CannotTell { Keys: var keys }:
                    work.Known = work.Known with { Open = new HashSet<string>(keys) };
                    break;
            }

            Plan(work);
            if (work.Plan!.Blocked is { } blocked)
                return new NoteEnding.NeedsPerson([blocked]);
            if (work.Plan.Groups is not [var group, ..])
                return await concludeAsync(work, cancellationToken);

            var answer = await sender.SendAsync(work, group, cancellationToken);
            (sent, open) = (true, answer is Sent.Open);
            switch (answer)
            {
                case Sent.ReadAgain:
                    return null;
                case Sent.EndpointDown:
                    return new NoteEnding.EndpointDown();
                case Sent.NeedsPerson { Issue: var issue }:
                    return new NoteEnding.NeedsPerson([issue]);
            }
        }
    }

    /// <summary>
    /// Finds out what became of the writes that were begun, and begins none: the note is about to become another one. Null when all that can be told is told.
    /// </summary>
    public async Task<NoteEnding?> SettleOnlyAsync(NoteWork work, CancellationToken cancellationToken)
    {
        work.Plan = Planner.Plan(work.Mapped, work.Capabilities, work.Known, planning.Value);
        return await settler.SettleAsync(work, cancellationToken) switch
        {
            Settling.NotYet { LookAgainAt: var again } => new NoteEnding.Waits(again, Counts: false),
            Settling.NoAnswer => new NoteEnding.EndpointDown(),
            _ => null,
        };
    }

    private void Plan(NoteWork work)
    {
        if (work.IsPlanned)
            return;

        var before = work.Plan;
        var plan = work.Plan = Planner.Plan(work.Mapped, work.Capabilities, work.Known, planning.Value);
        if (before is null || !plan.Steps.Select(NoteRows.Line).SequenceEqual(before.Steps.Select(NoteRows.Line)))
            store.SavePlan(work.Lease.Claim, work.Stored.Number, NoteRows.ToJson(plan), NoteRows.Planned(plan));
    }
}
