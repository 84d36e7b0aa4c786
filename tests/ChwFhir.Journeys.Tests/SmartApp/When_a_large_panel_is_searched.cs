using ChwFhir.Access;
using ChwFhir.Journeys.Audit;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Inbox;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>A search through hundreds of charts, and an EHR that takes its time.</summary>
internal sealed class When_a_large_panel_is_searched : BeforeAScriptedEhr
{
    private FakeClock clock = null!;
    private TaskCompletionSource answers = null!;
    private PeopleSeen people = null!;

    [SetUp]
    public void Hold()
    {
        (clock, answers) = (new FakeClock(new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.Zero)), new TaskCompletionSource());
        town.Ehr.Heard.Clear();
        people = new PeopleSeen(town.Town.Services.GetRequiredService<PersonReader>(), clock);
        town.Ehr.Until = path => path.Contains("/large-", StringComparison.Ordinal) ? answers.Task : Task.CompletedTask;
    }

    [Test]
    public async Task Lists_of_others_have_their_names_and_nothing_is_begun_for_a_search_that_is_over()
    {
        var search = people.SearchAsync(Session("s-1"), Enumerable.Range(1, 1900).Select(number => $"Patient/large-{number}"), TimeSpan.FromSeconds(8), default);
        await Eventually.ItIsAsync(() => Task.FromResult(Begun == PeopleSeen.AtOnceBehind ? people : null));

        var list = await people.OfAsync(Session("s-2"), ["Patient/p1"]).WaitAsync(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(8));
        var found = await search;
        var begun = Begun;
        answers.SetResult();
        // What were still to be begun stood in the line before this.
        var next = await people.SearchAsync(Session("s-2"), ["Patient/p1", .. Enumerable.Range(1, 20).Select(number => $"Patient/other-{number}")], TimeSpan.FromSeconds(8), default);

        using var together = Assert.EnterMultipleScope();
        Assert.That(list["Patient/p1"].Items.Single().Name, Is.EqualTo("Rosa Example"));
        Assert.That(found, Is.Empty);
        Assert.That(next, Has.Count.EqualTo(21));
        Assert.That(begun, Is.EqualTo(PeopleSeen.AtOnceBehind));
        Assert.That(Begun, Is.EqualTo(begun));
    }

    [Test]
    public async Task Whoever_a_list_needs_is_asked_for_in_front_also_when_a_search_waits_for_them()
    {
        var search = people.SearchAsync(Session("s-1"), [.. Enumerable.Range(1, 30).Select(number => $"Patient/large-{number}"), "Patient/p1"], TimeSpan.FromSeconds(8), default);
        await Eventually.ItIsAsync(() => Task.FromResult(Begun > 0 ? people : null));

        var list = await people.OfAsync(Session("s-1"), ["Patient/p1"]).WaitAsync(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(8));
        await search;

        Assert.That(list.Keys, Is.EqualTo(new[] { "Patient/p1" }));
    }

    [Test]
    public async Task A_search_goes_on_when_the_one_before_it_is_over()
    {
        using var first = new CancellationTokenSource();
        string[] panel = [.. Enumerable.Range(1, 30).Select(number => $"Patient/large-{number}")];
        var before = people.SearchAsync(Session("s-1"), panel, TimeSpan.FromSeconds(8), first.Token);
        await Eventually.ItIsAsync(() => Task.FromResult(Begun == PeopleSeen.AtOnceBehind ? people : null));

        var search = people.SearchAsync(Session("s-1"), panel, TimeSpan.FromSeconds(8), default);
        await first.CancelAsync();
        await before;
        answers.SetResult();

        Assert.That(await search.WaitAsync(TimeSpan.FromSeconds(20)), Has.Count.EqualTo(30));
    }

    [TearDown]
    public void Release() => answers.TrySetResult();

    private int Begun => town.Ehr.Heard.Count(request => request.StartsWith("GET /fhir/Patient/large-", StringComparison.Ordinal));

    private static OpenSession Session(string id) => new(new AppSessionRow(id, "", 1, ReadOnlyMemory<byte>.Empty, default, default), new Session
    {
        Kind = CallerKind.OidcSession, Iss = "https://issuer.example", Subject = "s", Name = "n", Roles = [Role.Chw], FormToken = "t",
    });
}
