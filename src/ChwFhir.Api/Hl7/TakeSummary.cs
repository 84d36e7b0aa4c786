using ChwFhir.Access;
using ChwFhir.Queue;

namespace ChwFhir.Api.Hl7;

/// <summary>Takes a summary: when the answer is <see cref="Receipt.Accepted"/>, it is on disk.</summary>
internal delegate Task<Receipt> TakeSummary(Caller caller, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken);
