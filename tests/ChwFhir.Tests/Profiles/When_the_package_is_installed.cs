using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Profiles;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

/// <summary>The package alone in a validator that is not ours: neither US Core nor our folder is given to it.</summary>
internal sealed class When_the_package_is_installed
{
    [Test]
    public async Task Its_examples_keep_its_profiles()
    {
        using var folder = new ScratchFolder();
        var examples = TheGuide.Examples.Where(file => !file.EndsWith(".bundle.json", StringComparison.Ordinal)).ToList();

        var (errors, said) = await ForeignTools.RunAsync("validate.mjs", ["--package", Packed(folder), .. examples]);

        Assert.That(errors, Is.Empty);
        Assert.That(said, Is.EqualTo("20 checked, 0 errors"));
    }

    /// <summary>
    /// Each breaks one promise of one profile. Medplum's validator finds these; by R4 (profiling.html, "slicing") it should find those of <see cref="Unseen"/> too:
    /// there it does not look into slices of a slice or at types that a profile narrows (@medplum/core 5.2.13).
    /// </summary>
    private static readonly (string Example, string Found, Action<JsonNode> Break)[] Breaks =
    [
        ("chw-home-visit", "Encounter.class", one => one["class"]!["code"] = "VR"),
        ("chw-home-visit", "slice 'home'", one => one["type"]![0]!["coding"]![0]!["code"] = "185317003"),
        ("chw-home-visit", "chw-home-1", one => one["contained"]![0]!["address"] = new JsonObject { ["text"] = "Elm Street 1" }),
        ("chw-visit", "Encounter.identifier", one => one.AsObject().Remove("identifier")),
        ("chw-visit", "Encounter.period.start", one => one["period"] = new JsonObject { ["end"] = "2026-11-24" }),
        ("chw-visit-note", "slice 'plain'", one => one["content"]![0]!["attachment"]!["contentType"] = "text/html"),
        ("chw-visit-note", "slice 'uscore'", one => one["category"]![0]!["coding"]![0]!["code"] = "something"),
        ("after-visit-summary", "attachment.title", one => one["content"]![0]!["attachment"]!.AsObject().Remove("title")),
        ("chw-action-plan", "CarePlan.intent", one => one["intent"] = "order"),
        ("chw-action-plan", "CarePlan.author", one => one.AsObject().Remove("author")),
        ("after-visit-plan", "CarePlan.title", one => one.AsObject().Remove("title")),
        ("care-team-message", "Communication.subject", one => one.AsObject().Remove("subject")),
        ("care-team-message", "chw-message-category", one => one["category"]![0]!["coding"]![0]!["code"] = "reminder"),
        ("care-team-message", "chw-message-topic", one => one["topic"]!["coding"]![0]!["code"] = "gossip"),
        ("after-visit-instructions", "Communication.recipient", one => one["recipient"] = new JsonArray(new JsonObject { ["display"] = "Somebody" })),
        ("message-reply-task", "Task.restriction", one => one.AsObject().Remove("restriction")),
        ("community-referral", "ServiceRequest.intent", one => one["intent"] = "proposal"),
        ("community-referral-task", "chw-referral-task-status", one => one["status"] = "received"),
        ("chw-reported-need", "chw-need-2", one => one.AsObject().Remove("clinicalStatus")),
        ("chw-reported-need", "slice 'us-core'", one => one["category"]![0]!["coding"]![0]!["code"] = "problem-list-item"),
        ("chw-screening", "Observation.effective[x]", one => one.AsObject().Remove("effectiveDateTime")),
        ("chw-symptom", "Observation.code.text", one => one["code"]!.AsObject().Remove("text")),
        ("advance-care-planning-talk", "chw-acp-1", one => one["note"] = new JsonArray(new JsonObject { ["text"] = "She wants it." })),
        ("person-centred-goal", "Goal.description.text", one => one["description"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["code"] = "1" }) }),
        ("informal-caregiver", "RelatedPerson.identifier", one => one.AsObject().Remove("identifier")),
        ("chw-practitioner-role", "slice 'chw'", one => one["code"]![0]!["coding"]![0]!["code"] = "163W00000X"),
        ("chw-care-team", "chw-team-1", one => one["participant"] = new JsonArray(one["participant"]![0]!.DeepClone())),
        ("visit-provenance", "meta.tag", one => one["meta"]!.AsObject().Remove("tag")),
        ("visit-provenance", "slice 'assembler'", one => one["agent"] = new JsonArray(one["agent"]![0]!.DeepClone())),
    ];

    private static readonly (string Example, Action<JsonNode> Break)[] Unseen =
    [
        ("chw-action-plan", one => one["activity"]!.AsArray().First(activity => activity!["detail"] is not null)!["detail"]!.AsObject().Remove("extension")),
        ("chw-symptom", one => one["code"]!["coding"]!.AsArray().Last()!["code"] = "no-such-symptom"),
        ("care-team-message", one => one["payload"] = new JsonArray(new JsonObject { ["contentReference"] = new JsonObject { ["reference"] = "DocumentReference/1" } })),
    ];

    [Test]
    public async Task What_breaks_a_promise_is_found_and_what_that_validator_cannot_see_ours_does()
    {
        using var folder = new ScratchFolder();
        var package = Packed(folder);
        var broken = Breaks.Select((one, i) => folder.Write($"break-{i}.json", Broken(one.Example, one.Break))).ToList();
        var unseen = Unseen.Select((one, i) => folder.Write($"unseen-{i}.json", Broken(one.Example, one.Break))).ToList();

        var (errors, _) = await ForeignTools.RunAsync("validate.mjs", ["--package", package, .. broken, .. unseen]);

        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < Breaks.Length; i++)
                Assert.That(errors, Has.Some.Contain($"break-{i}.json").And.Some.Contain(Breaks[i].Found), $"{Breaks[i].Example}: {Breaks[i].Found}");
            Assert.That(errors.Where(line => line.Contains("unseen-", StringComparison.Ordinal)), Is.Empty, "It learned: move it up.");
            foreach (var file in unseen)
                Assert.That(TheGuide.Validation.Validate(FhirJson.Read<Resource>(File.ReadAllBytes(file))).Errors, Is.Not.Empty, file);
        }
    }

    /// <summary>The file that the one command writes.</summary>
    private static string Packed(ScratchFolder folder) => TheGuide.Generator().PackInto(folder.PathOf("package"));

    private static string Broken(string example, Action<JsonNode> change)
    {
        var resource = JsonFiles.Read(Repository.Path("fhir-profiles", "examples", $"{example}.json"));
        change(resource);
        return resource.ToJsonString();
    }
}
