using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>Steps that go to disk with the next one, alone.</summary>
internal static class StepsAtOnce
{
    public static async Task<bool> SaveResolvedAsync(this NoteStore store, Claim claim, long number, string patient, ReadOnlyMemory<byte> json, IReadOnlyList<NoteIssue> issues, CancellationToken cancellationToken)
    {
        var stays = await store.TakeResolvedAsync(claim, number, patient, json, issues, cancellationToken);
        await store.SaveInHandAsync(claim, cancellationToken);
        return stays;
    }

    public static Task SaveMappedAsync(this NoteStore store, Claim claim, long number, ReadOnlyMemory<byte> bundle, string document, IReadOnlyList<ResourceRow> rows, IReadOnlyList<NoteIssue> issues, ReadOnlyMemory<byte>? heldBundle, CancellationToken cancellationToken)
    {
        store.SaveMapped(claim, number, bundle, document, rows, issues, heldBundle);
        return store.SaveInHandAsync(claim, cancellationToken);
    }

    public static Task SavePlanAsync(this NoteStore store, Claim claim, long number, ReadOnlyMemory<byte> planJson, IReadOnlyList<ResourceRow> rows, CancellationToken cancellationToken)
    {
        store.SavePlan(claim, number, planJson, rows);
        return store.SaveInHandAsync(claim, cancellationToken);
    }

    public static Task SaveSaidAsync(this NoteStore store, Claim claim, long number, IReadOnlyList<LongLivedRow> longLived, CancellationToken cancellationToken)
    {
        store.SaveSaid(claim, number, longLived);
        return store.SaveInHandAsync(claim, cancellationToken);
    }
}
