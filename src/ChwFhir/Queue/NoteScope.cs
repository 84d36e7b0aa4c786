namespace ChwFhir.Queue;

/// <summary>The notes that a reader may see: those for which any of it holds.</summary>
/// <param name="Patients">Notes of these patients that nothing holds back.</param>
/// <param name="Authors">Notes by these practitioners, or handed in by them.</param>
/// <param name="Senders">Notes that these handed in: subjects of tokens.</param>
public sealed record NoteScope(IReadOnlyCollection<string> Patients, IReadOnlyCollection<string> Authors, IReadOnlyCollection<string> Senders);
