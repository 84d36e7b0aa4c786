using ChwFhir.Fhir.Smart;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>
/// The key of the drafts that a person keeps on their own devices: one a person, given to their own pages alone. A browser takes it in where nothing reads it out
/// again, and lets go of it as soon as somebody else signs in there; what that person left is sealed until they come back.
/// </summary>
internal sealed class DraftKeys(NoteStore store, Seal seal)
{
    /// <summary>Whose drafts they are, for the browser: tells nothing to whoever does not know who it may be.</summary>
    public static string HolderOf(Session session) => Seal.Hash($"drafts|{session.Iss}|{session.Subject}")[..32];

    /// <summary>256 random bits, base64url. Two who ask for the first time at once get the same.</summary>
    public async Task<string> OfAsync(Session session, CancellationToken cancellationToken)
    {
        var holder = HolderOf(session);
        var kept = await store.FindDraftKeyAsync(holder, cancellationToken);
        if (Open(kept, holder) is { } known)
            return known;
        // One that was sealed by keys that are gone opens nothing any more.
        await store.KeepDraftKeyAsync(holder, seal.Close(new DraftKey(RandomText.New()), "draft-key", holder), kept, cancellationToken);
        return Open(await store.FindDraftKeyAsync(holder, cancellationToken), holder) ?? throw new InvalidOperationException("A key that was sealed a moment ago does not open.");
    }

    private string? Open(ReadOnlyMemory<byte>? kept, string holder) => kept is { } body ? seal.Open<DraftKey>(body, "draft-key", holder)?.Key : null;

    private sealed record DraftKey(string Key);
}
