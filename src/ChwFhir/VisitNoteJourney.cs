namespace ChwFhir;

/// <summary>The way of a visit note, from the caller's bytes to the chart.</summary>
public sealed class VisitNoteJourney
{
    /// <summary>Takes a note: when the answer is <see cref="Receipt.Accepted"/>, it is on disk.</summary>
    public Task<Receipt> ReceiveAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What the note would become. Never fails for the EHR.</summary>
    public Task<PreviewResult> PreviewAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<NoteStatus?> StatusAsync(string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<NoteStatusPage> ListAsync(NoteQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The mapped Bundle before folding, as FHIR JSON; null when there is no such note or it has not been mapped yet.</summary>
    public Task<byte[]?> BundleAsync(string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<PlanView?> PlanAsync(string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Tries a note in <c>needs-attention</c> again; null when there is no such note.</summary>
    public Task<NoteStatus?> RetryAsync(string id, CancellationToken cancellationToken) => throw new NotImplementedException();
}
