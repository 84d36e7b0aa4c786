using System.Collections.Concurrent;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Inbox;

/// <summary>
/// Who the patients of a list are. Read side by side and remembered for some minutes by who looks; a list waits for them no longer than for any part of a page.
/// What nobody waits for, and what a search looks through, stands behind what somebody waits for: a large panel and a slow EHR leave everybody else's lists their names.
/// </summary>
internal sealed class PeopleSeen(PersonReader reader, TimeProvider clock)
{
    /// <summary>How many charts are read side by side that nobody waits for by name.</summary>
    public const int AtOnceBehind = 6;

    private const int MostRemembered = 2000;
    private const int AtOnce = 8;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private readonly ConcurrentDictionary<(string Session, string Patient), Asking> remembered = new();
    private readonly SemaphoreSlim turn = new(AtOnce);
    private readonly SemaphoreSlim behind = new(AtOnceBehind);

    /// <param name="patients"><c>Patient/x</c>, whom this session may see and who stand on the page. Whoever was not named in time is named when the page is asked for again.</param>
    public async Task<IReadOnlyDictionary<string, Part<Person>>> OfAsync(OpenSession session, IEnumerable<string> patients)
    {
        using var waiting = new CancellationTokenSource(Patience, clock);
        return await OfAsync(session, patients, isSearch: false, waiting.Token);
    }

    /// <summary>The same of very many, to look through: no chart is begun after whoever searches has what they have.</summary>
    /// <param name="patience">How long is waited for all of them.</param>
    public async Task<IReadOnlyDictionary<string, Part<Person>>> SearchAsync(OpenSession session, IEnumerable<string> patients, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(patience, clock);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        return await OfAsync(session, patients, isSearch: true, waiting.Token);
    }

    private async Task<IReadOnlyDictionary<string, Part<Person>>> OfAsync(OpenSession session, IEnumerable<string> patients, bool isSearch, CancellationToken waiting)
    {
        List<string> wanted = [.. patients.Where(patient => patient.StartsWith("Patient/", StringComparison.Ordinal)).Distinct()];
        Dictionary<string, Task<Part<Person>>> asked;
        do
        {
            asked = wanted.ToDictionary(patient => patient, patient => Ask(session, patient, isSearch, waiting), StringComparer.Ordinal);
            await ((Task)Task.WhenAll(asked.Values)).WaitAsync(waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // Some were asked for by another search of this session that is over by now.
        while (isSearch && !waiting.IsCancellationRequested && asked.Values.Any(one => one.IsCanceled));
        return asked.Where(one => one.Value.IsCompletedSuccessfully).ToDictionary(one => one.Key, one => one.Value.Result, StringComparer.Ordinal);
    }

    private Task<Part<Person>> Ask(OpenSession session, string patient, bool isSearch, CancellationToken waiting)
    {
        var now = clock.GetUtcNow();
        if (remembered.Count > MostRemembered)
            remembered.Clear();
        var anew = new Asking(now, asking => ReadAsync(asking, session, patient, isSearch, waiting));
        return remembered.AddOrUpdate((session.Id, patient), anew, (_, known) => now - known.At < Fresh && !known.IsLost && (isSearch || !known.IsBehind) ? known : anew).Answer;
    }

    private async Task<Part<Person>> ReadAsync(Asking asking, OpenSession session, string patient, bool isSearch, CancellationToken waiting)
    {
        var lane = await EnterAsync(asking, isSearch, waiting);
        try
        {
            // Meanwhile somebody else has asked in front.
            return remembered.TryGetValue((session.Id, patient), out var still) && still != asking
                ? throw new OperationCanceledException()
                : await reader.ReadAsync(session, patient["Patient/".Length..], CancellationToken.None);
        }
        finally
        {
            lane.Release();
        }
    }

    private async Task<SemaphoreSlim> EnterAsync(Asking asking, bool isSearch, CancellationToken waiting)
    {
        if (!isSearch)
        {
            try
            {
                await turn.WaitAsync(waiting);
                return turn;
            }
            catch (OperationCanceledException)
            {
                // The page went out without it: read on behind the others, for when it is asked for again.
                waiting = CancellationToken.None;
            }
        }
        asking.IsBehind = true;
        await behind.WaitAsync(waiting);
        // Whose turn comes just as the search is over may still get it.
        if (waiting.IsCancellationRequested)
        {
            behind.Release();
            throw new OperationCanceledException(waiting);
        }
        asking.IsBehind = false;
        return behind;
    }

    private sealed class Asking
    {
        // Of several who ask at once one reads.
        private readonly Lazy<Task<Part<Person>>> answer;
        private volatile bool isBehind;

        public Asking(DateTimeOffset at, Func<Asking, Task<Part<Person>>> read) => (At, answer) = (at, new(() => read(this)));

        public DateTimeOffset At { get; }

        public Task<Part<Person>> Answer => answer.Value;

        /// <summary>Waits behind what is waited for: whoever needs it now asks in front.</summary>
        public bool IsBehind
        {
            get => isBehind;
            set => isBehind = value;
        }

        /// <summary>What was not answered is asked anew.</summary>
        public bool IsLost => Answer.IsFaulted || Answer.IsCanceled || (Answer.IsCompletedSuccessfully && Answer.Result.State == PartState.NoAnswer);
    }
}
