using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Journeys.CareTeam;

/// <summary>The clinic's webhook: a real server on a free port that keeps what it was told, and answers as the test wants.</summary>
internal sealed class SomeWebhook : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string? Id, string Body, long At)> calls = new();

    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SomeWebhook(WebApplication app) => this.app = app;

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/told";

    public volatile int Status = 204;

    /// <summary>It takes what it is told and answers nothing.</summary>
    public volatile bool Hangs;

    /// <summary>Somebody went where it sent them.</summary>
    public volatile bool Elsewhere;

    public IReadOnlyList<(string? Id, string Body, long At)> Calls => [.. calls];

    public static async Task<SomeWebhook> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var webhook = new SomeWebhook(app);
        app.MapPost("/told", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            webhook.calls.Enqueue((context.Request.Headers["Idempotency-Key"], await reader.ReadToEndAsync(), Stopwatch.GetTimestamp()));
            if (webhook.Hangs)
                await webhook.over.Task.WaitAsync(context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            context.Response.StatusCode = webhook.Status;
            if (webhook.Status is >= 300 and < 400)
                context.Response.Headers.Location = "/elsewhere";
        });
        app.MapPost("/elsewhere", () => webhook.Elsewhere = true);
        app.MapGet("/elsewhere", () => webhook.Elsewhere = true);
        await app.StartAsync();
        return webhook;
    }

    /// <summary>Waits until it was called so often.</summary>
    public async Task<IReadOnlyList<(string? Id, string Body, long At)>> CalledAsync(int times, TimeSpan? patience = null)
    {
        var start = Stopwatch.GetTimestamp();
        while (calls.Count < times)
        {
            if (Stopwatch.GetElapsedTime(start) > (patience ?? TimeSpan.FromSeconds(20)))
                throw new TimeoutException($"Called {calls.Count} times, not {times}.");
            await Task.Delay(10);
        }
        return Calls;
    }

    public async ValueTask DisposeAsync()
    {
        over.TrySetResult();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
