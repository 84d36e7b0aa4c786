using System.Collections.Concurrent;

namespace ChwFhir.Ehr;

/// <summary>Where what was learned of an EHR outlives the process. The store gives these two; without it nothing is kept.</summary>
/// <param name="load">All entries of the EHR with this id.</param>
/// <param name="save">One entry; a later one of the same type and interaction replaces it.</param>
public sealed class LearnedMemory(Func<string, CancellationToken, Task<IReadOnlyList<NotTaken>>> load, Func<string, NotTaken, CancellationToken, Task> save)
{
    public Task<IReadOnlyList<NotTaken>> LoadAsync(string ehr, CancellationToken cancellationToken) => load(ehr, cancellationToken);

    public Task SaveAsync(string ehr, NotTaken entry, CancellationToken cancellationToken) => save(ehr, entry, cancellationToken);

    /// <summary>Kept for the life of the process only.</summary>
    public static LearnedMemory InProcess()
    {
        var entries = new ConcurrentDictionary<(string Ehr, string Type, string Interaction), NotTaken>();
        return new LearnedMemory(
            (ehr, _) => Task.FromResult<IReadOnlyList<NotTaken>>([.. entries.Where(entry => entry.Key.Ehr == ehr).Select(entry => entry.Value)]),
            (ehr, entry, _) =>
            {
                entries[(ehr, entry.Type, entry.Interaction)] = entry;
                return Task.CompletedTask;
            });
    }
}
