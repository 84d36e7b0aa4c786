using System.Collections.Concurrent;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Inbox;

/// <summary>Who the patients of a list are. Read side by side and remembered for some minutes by who looks; a list waits for them no longer than for any part of a page.</summary>
internal sealed class PeopleSeen(PersonReader reader, TimeProvider clock)
{
    private const int MostRemembered = 2000;
    private const int AtOnce = 8;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private readonly ConcurrentDictionary<(string Session, string Patient), (Task<Part<Person>> Asked, DateTimeOffset At)> remembered = new();
    private readonly SemaphoreSlim turn = new(AtOnce);

    /// <param name="patients"><c>Patient/x</c>, whom this session may see.</param>
    /// <param name="patience">How long is waited for all of them; null: as for any part of a page.</param>
    public async Task<IReadOnlyDictionary<string, Part<Person>>> OfAsync(OpenSession session, IEnumerable<string> patients, TimeSpan? patience = null)
    {
        var asked = patients.Where(patient => patient.StartsWith("Patient/", StringComparison.Ordinal)).Distinct().ToDictionary(patient => patient, patient => Ask(session, patient), StringComparer.Ordinal);
        await Task.WhenAny(Task.WhenAll(asked.Values), Task.Delay(patience ?? Patience, clock));
        return asked.Where(one => one.Value.IsCompletedSuccessfully).ToDictionary(one => one.Key, one => one.Value.Result, StringComparer.Ordinal);
    }

    private Task<Part<Person>> Ask(OpenSession session, string patient)
    {
        var now = clock.GetUtcNow();
        if (remembered.Count > MostRemembered)
            remembered.Clear();
        return remembered.AddOrUpdate((session.Id, patient), _ => (ReadAsync(session, patient), now), (_, known) => now - known.At < Fresh && !IsLost(known.Asked) ? known : (ReadAsync(session, patient), now)).Asked;
    }

    // What was not answered is asked anew.
    private static bool IsLost(Task<Part<Person>> asked) => asked.IsFaulted || asked.IsCanceled || (asked.IsCompletedSuccessfully && asked.Result.State == PartState.NoAnswer);

    private async Task<Part<Person>> ReadAsync(OpenSession session, string patient)
    {
        await turn.WaitAsync();
        try
        {
            return await reader.ReadAsync(session, patient["Patient/".Length..], CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }
}
