using ChwFhir.Fhir.Model;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>A note and what it became.</summary>
/// <param name="Parts">Null: it has not become FHIR yet. Shared between readers: nobody changes them.</param>
/// <param name="Size">Bytes of memory that it takes, at most.</param>
internal sealed record GatheredNote(StoredNote Note, IReadOnlyList<Bundle.EntryComponent>? Parts, long Size);
