using System.Text.Json.Nodes;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using ChwFhir.WriteBack.Receiving;

namespace ChwFhir.Tests.WriteBack;

/// <summary>The journey for tests that are not about who asks: by the service itself, with all rights. The product has no such way in.</summary>
internal static class AsTheService
{
    public static Task<Receipt> ReceiveAsync(this VisitNoteJourney journey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        journey.ReceiveAsync(InputKind.VisitNote, body, SentAs.Json, cancellationToken);

    public static Task<Receipt> ReceiveAsync(this VisitNoteJourney journey, InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken) =>
        journey.ReceiveAsync(Handed.ByTheService, kind, body, sentAs, cancellationToken);

    public static Task<PreviewResult> PreviewAsync(this VisitNoteJourney journey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        journey.PreviewAsync(InputKind.VisitNote, body, SentAs.Json, cancellationToken);

    public static Task<PreviewResult> PreviewAsync(this VisitNoteJourney journey, InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken) =>
        journey.PreviewAsync(Handed.ByTheService, kind, body, sentAs, cancellationToken);

    public static Task<Receipt> AmendAsync(this VisitNoteJourney journey, string id, long? revision, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        journey.AmendAsync(Handed.ByTheService, id, revision, body, cancellationToken);

    public static Task<Withdrawal> RetractAsync(this VisitNoteJourney journey, string id, string reason, JsonObject? rightPatient, CancellationToken cancellationToken) =>
        journey.RetractAsync(Handed.ByTheService, id, reason, rightPatient, cancellationToken);

    public static async Task<NoteStatusPage> ListAsync(this VisitNoteJourney journey, NoteQuery query, CancellationToken cancellationToken) =>
        (await journey.ListAsync(Handed.ByTheService, query, cancellationToken))!;
}
