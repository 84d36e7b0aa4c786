using System.Text.Json.Nodes;
using ChwFhir.Profiles;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

/// <summary>Every element that a claimed profile of US Core 7.0.0 marks as must-support is in what the mapping writes as soon as a sample says it; what is never there has a reason here.</summary>
internal sealed class When_US_Core_wants_it_supported
{
    private const string Server = "the server sets it";
    private const string OwnCode = "a reading is a number with its unit, or text that says why not; its parts are those of blood pressure alone";
    private static readonly string[] Readings = ["us-core-blood-pressure", "us-core-body-temperature", "us-core-body-weight", "us-core-pulse-oximetry"];

    private static readonly Dictionary<string, string> Never = new(StringComparer.Ordinal)
    {
        ["Encounter.meta.lastUpdated"] = Server,
        ["Encounter.participant.period"] = "a note does not say when somebody came or left",
        ["Encounter.reasonReference"] = "reasonCode says it; the Condition points at the visit",
        ["Encounter.hospitalization"] = "at a hospital bedside no encounter is made",
        ["Encounter.hospitalization.dischargeDisposition"] = "at a hospital bedside no encounter is made",
        ["Condition.meta.lastUpdated"] = Server,
        ["Condition.extension"] = "assertedDate: when it was told is recordedDate",
        ["Condition.onset[x]"] = "a note does not say when a need began",
        ["Condition.abatement[x]"] = "a note says that a need is resolved, not when it was",
        ["DocumentReference.content.attachment.url"] = "the bytes are in it",
        ["DocumentReference.content.format"] = "plain text and XHTML follow no format of the list",
        ["RelatedPerson.address"] = "a note asks for none",
        ["ServiceRequest.occurrence[x]"] = "a note does not say when the service is to happen",
        ["QuestionnaireResponse.questionnaire.extension"] = "the forms are FHIR Questionnaires",
        ["QuestionnaireResponse.item.answer.item"] = "our own forms nest parts, not answers; a form that was sent keeps its own",
    };

    // What hangs on the note: where they met, for whom somebody works, until when, whether it was answered.
    private static readonly string[] Sometimes =
    [
        "Encounter.reasonCode", "Encounter.location", "Encounter.serviceProvider", "Goal.start[x]", "Goal.target", "RelatedPerson.telecom", "QuestionnaireResponse.item.answer", "QuestionnaireResponse.item.item",
        "Observation.performer", "Observation.value[x]", "Observation.dataAbsentReason", "Observation.hasMember", "Observation.derivedFrom",
    ];

    // A talk and a reading have a value, or they are not written so.
    private static readonly HashSet<(string Profile, string Path)> IsAlways =
    [
        ("us-core-simple-observation", "Observation.performer"), ("us-core-simple-observation", "Observation.value[x]"),
        .. Readings.Where(profile => profile != "us-core-blood-pressure").SelectMany(profile => ((string[])["", ".value", ".unit", ".system", ".code"]).Select(part => (profile, $"Observation.value[x]{part}"))),
    ];

    private static readonly Lazy<List<JsonObject>> Written = new(() => [.. TheGuide.Examples.Where(file => file.EndsWith(".bundle.json", StringComparison.Ordinal)).SelectMany(file => JsonFiles.Read(file).Objects("entry")).Select(entry => entry["resource"]!.AsObject())]);

    private static IEnumerable<string> Claimed => Written.Value.SelectMany(Claims).Where(url => url.Contains("/us/core/", StringComparison.Ordinal)).Select(url => url[(url.LastIndexOf('/') + 1)..]).Distinct().Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Claimed))]
    public void It_is_there_or_there_is_a_reason(string profile)
    {
        var written = Written.Value.Where(resource => Claims(resource).Any(url => url.EndsWith($"/{profile}", StringComparison.Ordinal))).ToList();

        using (Assert.EnterMultipleScope())
        {
            foreach (var path in MustSupport(profile))
            {
                var there = written.Exists(resource => Has(resource, path.Split('.')[1..]));
                Assert.That(there, Is.EqualTo(Reason(profile, path) is null), path);
            }
        }
    }

    /// <summary>What some lack and others have, the note decides; the rest is in each.</summary>
    [TestCaseSource(nameof(Claimed))]
    public void What_does_not_hang_on_the_note_is_in_every_one(string profile)
    {
        var written = Written.Value.Where(resource => Claims(resource).Any(url => url.EndsWith($"/{profile}", StringComparison.Ordinal))).ToList();

        using (Assert.EnterMultipleScope())
        {
            foreach (var path in MustSupport(profile).Where(path => Reason(profile, path) is null))
                Assert.That(written.All(resource => Has(resource, path.Split('.')[1..])), Is.EqualTo(!Sometimes.Any(one => path == one || path.StartsWith($"{one}.", StringComparison.Ordinal)) || IsAlways.Contains((profile, path))), path);
        }
    }

    /// <summary>The facts at hand name these; what a later list of them or of ours adds shows here.</summary>
    [Test]
    public void Every_profile_of_US_Core_that_fits_what_a_note_says_is_claimed() => Assert.That(Claimed, Is.EquivalentTo(Readings.Concat(
    [
        "us-core-encounter", "us-core-careplan", "us-core-goal", "us-core-condition-problems-health-concerns", "us-core-observation-screening-assessment", "us-core-simple-observation", "us-core-documentreference",
        "us-core-relatedperson", "us-core-questionnaireresponse", "us-core-servicerequest", "us-core-provenance",
    ])));

    [Test]
    public void No_reason_is_left_over()
    {
        var asked = Claimed.SelectMany(MustSupport).ToHashSet();

        Assert.That(Never.Keys.Concat(Sometimes).Where(path => !asked.Contains(path)), Is.Empty);
    }

    /// <summary>What a note says and where it then stands: in each sample that says it, and in no other.</summary>
    [TestCase("visit/end", "DocumentReference.context.period.end")]
    [TestCase("visit/interpreter", "Encounter.participant.type", "translator")]
    [TestCase("goals/*/due", "Goal.target.due[x]")]
    [TestCase("goals/*/start", "Goal.start[x]")]
    [TestCase("goals/*/achievement", "Goal.achievementStatus")]
    [TestCase("symptoms/*/score", "Observation.value[x]", "{score}", "chw-symptom")]
    [TestCase("symptoms/*/tolerable", "Observation.component.code", "tolerable-score")]
    [TestCase("referrals/*/organization", "ServiceRequest.performer")]
    [TestCase("messages/*/needsReply", "Task.restriction.period.end")]
    [TestCase("programme/start", "CarePlan.period.start")]
    [TestCase("programme/end", "CarePlan.period.end")]
    [TestCase("goals/*/text", "Goal.description.text")]
    [TestCase("goals/*/wordsOf", "Goal.expressedBy")]
    [TestCase("goals/*/addresses", "Goal.addresses")]
    [TestCase("concerns/*/domain", "Condition.code")]
    [TestCase("symptoms/*/symptom", "Observation.code", null, "chw-symptom")]
    [TestCase("symptoms/*/usual", "Observation.component.code", "usual-score", "chw-symptom")]
    [TestCase("vitals/*/systolic", "Observation.component.value[x].code", "mm[Hg]")]
    [TestCase("screenings/*/instrument", "QuestionnaireResponse.questionnaire")]
    [TestCase("screenings/*/answers/*/answer", "QuestionnaireResponse.item.answer.value[x]")]
    [TestCase("screenings/*/instrument", "Observation.hasMember")]
    [TestCase("screenings/*/instrument", "Observation.derivedFrom", null, "chw-screening")]
    [TestCase("screenings/*/declined", "Observation.dataAbsentReason", "asked-declined")]
    // The need that it is about is told by somebody in confidence there, and the referral is held with it.
    [TestCase("referrals/*/service", "ServiceRequest.code", null, null, "held-from-family")]
    [TestCase("referrals/*/service", "ServiceRequest.authoredOn", null, null, "held-from-family")]
    [TestCase("referrals/*/reason", "ServiceRequest.reasonReference", null, null, "held-from-family")]
    // The encounter is the chart's own there, and is not written.
    [TestCase("visit/end", "Encounter.period.end", null, null, "first-visit")]
    public void A_note_that_says_it_has_it_there_and_no_other(string said, string path, string? value = null, string? profile = null, string? but = null)
    {
        var samples = Mapping.Samples.Names.Where(name => name != but).Select(name => (
            Name: name,
            Says: Says(JsonFiles.Read(Repository.Path("samples", "visit-notes", $"{name}.json")), said.Split('/')),
            Has: JsonFiles.Read(Repository.Path("fhir-profiles", "examples", $"{name}.bundle.json")).Objects("entry").Select(entry => entry["resource"]!.AsObject())
                .Where(resource => resource.Text("resourceType") == path[..path.IndexOf('.', StringComparison.Ordinal)] && (profile is null || Claims(resource).Any(url => url.EndsWith($"/{profile}", StringComparison.Ordinal))))
                .Any(resource => Has(resource, path.Split('.')[1..], value)))).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(samples.Any(sample => sample.Says), Is.True, "no sample says it");
            foreach (var (name, says, has) in samples)
                Assert.That(has, Is.EqualTo(says), name);
        }
    }

    private static string? Reason(string profile, string path) => Never.TryGetValue(path, out var reason) ? reason : !Readings.Contains(profile) ? null : (profile, path) switch
    {
        ("us-core-blood-pressure", "Observation.value[x]" or "Observation.dataAbsentReason" or "Observation.component.dataAbsentReason") => OwnCode,
        ("us-core-blood-pressure", _) => null,
        (_, "Observation.dataAbsentReason") => OwnCode,
        _ => path.StartsWith("Observation.component", StringComparison.Ordinal) ? OwnCode : null,
    };

    private static IEnumerable<string> Claims(JsonObject resource) => resource["meta"]?["profile"] is JsonArray claimed ? claimed.Select(one => one!.GetValue<string>()) : [];

    private static IEnumerable<string> MustSupport(string profile) =>
        JsonFiles.Read(Repository.Path("fhir-profiles", "us-core-7", $"{profile}.json"))["snapshot"]!.Objects("element")
            .Where(element => element["mustSupport"]?.GetValue<bool>() is true).Select(element => element.Text("path")!).Where(path => path.Contains('.', StringComparison.Ordinal)).Distinct();

    private static bool Has(JsonNode? node, string[] path, string? value = null) => node switch
    {
        null => false,
        _ when path.Length == 0 => value is null || TheGuide.Texts(node).Contains(value),
        JsonArray many => many.Any(one => Has(one, path, value)),
        JsonObject one when path[0].EndsWith("[x]", StringComparison.Ordinal) => one.Any(member => member.Key.StartsWith(path[0][..^3], StringComparison.Ordinal) && Has(member.Value, path[1..], value)),
        JsonObject one => Has(one[path[0]], path[1..], value),
        _ => false,
    };

    private static bool Says(JsonNode? node, string[] path) => node switch
    {
        null => false,
        JsonValue only when path.Length == 0 => !only.TryGetValue<bool>(out var yes) || yes,
        _ when path.Length == 0 => true,
        JsonArray many when path[0] == "*" => many.Any(one => Says(one, path[1..])),
        // What is held is said to those whom it names, not to the chart.
        JsonObject one => one["hold"] is null && Says(one[path[0]], path[1..]),
        _ => false,
    };
}
