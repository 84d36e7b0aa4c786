using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using ChwFhir.Access;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Sessions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Hosting;

namespace ChwFhir.SmartApp.Live;

/// <summary>
/// Tells an open page how often each note on it has changed, at once and whenever one does: numbers, and nothing else. A page that has an older state of one
/// asks for what it says now, as whoever reads it may.
/// </summary>
internal static class EventRoutes
{
    private const int MostNotes = 50;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    // Proxies cut what is silent for half a minute.
    private const int BeatEvery = 7;

    public static void MapEvents(this RouteGroupBuilder session) => session.MapGet("/events", OpenAsync).WithMetadata(new ByItself(), new DisableRequestTimeoutAttribute());

    private static async Task<IResult> OpenAsync(
        HttpContext context, EventStreams streams, NoteStore store, NoteAccess access, SessionDesk desk, TimeProvider clock, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var session = context.Features.GetRequiredFeature<OpenSession>();
        var notes = await AllowedAsync(context, session, store, access, cancellationToken);
        if (notes.Count == 0)
            return Results.NoContent();
        if (streams.Enter(session.Id) is not { } place)
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);

        context.Response.OnCompleted(() =>
        {
            place.Dispose();
            return Task.CompletedTask;
        });
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(TellAsync(session.Id, notes, store, desk, clock, lifetime.ApplicationStopping, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<string>> TellAsync(
        string session, IReadOnlyCollection<long> notes, NoteStore store, SessionDesk desk, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        IReadOnlyDictionary<long, long> known = new Dictionary<long, long>();
        yield return new SseItem<string>("", "beat");
        for (var turn = 1; !stopping.IsCancellationRequested; turn++)
        {
            var now = await store.RevisionsAsync(notes, cancellationToken);
            foreach (var (note, revision) in now)
            {
                if (known.GetValueOrDefault(note) != revision)
                    yield return new SseItem<string>(string.Create(CultureInfo.InvariantCulture, $"{note} {revision}"), "note");
            }
            known = now;
            if (await desk.AgainAsync(session, cancellationToken) is null)
            {
                yield return new SseItem<string>("", "ended");
                yield break;
            }
            if (turn % BeatEvery == 0)
                yield return new SseItem<string>("", "beat");
            if (!await timer.WaitForNextTickAsync(cancellationToken))
                yield break;
        }
    }

    // Numbers that a page made up, or of somebody else's notes, are not listened to.
    private static async Task<IReadOnlyCollection<long>> AllowedAsync(HttpContext context, OpenSession session, NoteStore store, NoteAccess access, CancellationToken cancellationToken)
    {
        List<long> allowed = [];
        foreach (var word in context.Request.Query["notes"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(MostNotes))
        {
            if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await store.ReadAsync(number, cancellationToken) is { } note
                && (session.Body.Patient is not { } patient || note.Patient == patient) && (await access.OfAsync(session.Body.Caller, note, cancellationToken)).HasFlag(NoteRights.Status))
                allowed.Add(number);
        }
        return allowed;
    }
}
