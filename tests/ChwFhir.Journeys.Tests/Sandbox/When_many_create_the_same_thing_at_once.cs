using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_many_create_the_same_thing_at_once
{
    private const string TheBasic = """{ "resourceType": "Basic", "identifier": [{ "system": "urn:k", "value": "1" }], "code": { "text": "x" } }""";

    [Test]
    public async Task One_succeeds_and_the_others_are_told_of_it()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => sandbox.SendAsync(HttpMethod.Post, "Basic", TheBasic, ("If-None-Exist", "identifier=urn:k|1"))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(responses.Count(response => (int)response.StatusCode == 201), Is.EqualTo(1));
            Assert.That(responses.Count(response => (int)response.StatusCode == 200), Is.EqualTo(39));
            Assert.That(responses.Select(response => response.Headers.Location).Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task One_of_many_updates_of_a_version_wins()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = (await sandbox.CreateAsync("Basic", TheBasic))["id"]!.GetValue<string>();
        var update = $$"""{ "resourceType": "Basic", "id": "{{id}}", "code": { "text": "y" } }""";

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sandbox.SendAsync(HttpMethod.Put, $"Basic/{id}", update, ("If-Match", "W/\"1\""))));

        Assert.That(responses.Select(response => (int)response.StatusCode).Order(), Is.EqualTo(Enumerable.Repeat(412, 19).Prepend(200)));
    }

    [Test]
    public async Task A_condition_that_matches_several_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAsync("Basic", TheBasic);
        await sandbox.CreateAsync("Basic", TheBasic);

        await RunningSandbox.JsonOf(await sandbox.SendAsync(HttpMethod.Post, "Basic", TheBasic, ("If-None-Exist", "identifier=urn:k|1")), 412);
    }
}
