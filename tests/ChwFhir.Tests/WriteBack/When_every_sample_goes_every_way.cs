using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.Testing;
using ChwFhir.Tests.Mapping;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>
/// Every sample on every kind of EHR and in every form, at a first visit, a later one that moves everything on, amended so that it says the least, and taken
/// back: nothing that leaves is invalid.
/// </summary>
internal sealed class When_every_sample_goes_every_way
{
    private static readonly string[] Types = ["Encounter", "CarePlan", "Goal", "Condition", "Observation", "QuestionnaireResponse", "ServiceRequest", "Task", "RelatedPerson", "Communication", "Provenance"];

    private static readonly Dictionary<string, (ScriptedEhr Ehr, (string Key, string Value)[] Settings)> Ways = new()
    {
        ["together"] = (new ScriptedEhr(), []),
        ["one by one"] = (new ScriptedEhr { Transactions = false }, []),
        ["together, run like a batch"] = (new ScriptedEhr { RunsAsBatch = true }, []),
        ["without conditions, with the EHR's own identifiers"] = (new ScriptedEhr { Transactions = false, ConditionalCreates = false, Rewrites = true }, []),
        ["without updates"] = (new ScriptedEhr { NotDeclared = [.. Types.Append("DocumentReference").Select(type => $"{type}.update")] }, []),
        ["documents and visits only"] = (new ScriptedEhr { NotDeclared = [.. Types.Where(type => type != "Encounter").SelectMany(type => new[] { $"{type}.create", $"{type}.update" })] }, []),
        ["another note type"] = (new ScriptedEhr { Picky = one => IsA(one, "DocumentReference") && (string?)one["type"]?["coding"]?[0]?["code"] != "11506-3" ? ("DocumentReference.type", null) : null }, []),
        ["plain text alone"] = (new ScriptedEhr { Picky = one => one["content"]?.AsArray().Count > 1 ? ("DocumentReference.content[1].attachment.contentType", null) : null }, []),
        ["one coding"] = (new ScriptedEhr { Picky = one => IsA(one, "Observation") && one["code"]?["coding"]?.AsArray().Count > 1 ? ("Observation.code", null) : null }, []),
        ["provisional conditions"] = (new ScriptedEhr { Picky = one => IsA(one, "Condition") && (string?)one["verificationStatus"]?["coding"]?[0]?["code"] is "unconfirmed" or "confirmed" ? ("Condition.verificationStatus", null) : null }, []),
        ["without our profiles"] = (new ScriptedEhr { Picky = one => (one["meta"]?["profile"]?.AsArray() ?? []).Any(profile => ((string?)profile)!.StartsWith("https://chwfhir.org/", StringComparison.Ordinal)) ? ("meta.profile", null) : null }, []),
        ["a note type of the site's own"] = (new ScriptedEhr { NotDeclared = { "DocumentReference.update" } }, [("Mapping:NoteType:System", "https://riverbend.example/note-types"), ("Mapping:NoteType:Code", "chw"), ("Mapping:NoteType:Display", "CHW note")]),
        ["as drafts, one by one"] = (new ScriptedEhr { Transactions = false }, [("Planning:File", "draft")]),
    };

    private static IEnumerable<TestCaseData> Cases =>
    [
        .. Ways.Keys.Select(way => new TestCaseData(way).SetArgDisplayNames(way)),
        .. Types.Select(type => new TestCaseData($"no {type}").SetArgDisplayNames($"no {type}")),
    ];

    [TestCaseSource(nameof(Cases))]
    public async Task Nothing_that_leaves_is_invalid(string way)
    {
        var (ehr, settings) = Ways.TryGetValue(way, out var known) ? known : (new ScriptedEhr { Transactions = false, Invalid = one => IsA(one, way["no ".Length..]) }, []);
        HashSet<string> sent = [];
        var refuses = ehr.Invalid;
        ehr.Invalid = one =>
        {
            sent.Add(one.ToJsonString());
            return refuses(one);
        };
        foreach (var chart in Directory.EnumerateFiles(Repository.Path("src", "ChwFhir.Sandbox", "Patients"), "*.json").SelectMany(file => JsonNode.Parse(File.ReadAllBytes(file))!["entry"]!.AsArray()))
            ehr.Put(chart!["resource"]!.ToJsonString());
        await using var service = TheService.Over(ehr, settings);
        List<string> ids = [];

        foreach (var note in Notes())
            ids.Add((await service.PostAsync(note)).Id);
        foreach (var (kind, body, sentAs) in Others())
            ids.Add(((Receipt.Accepted)await service.Journey.ReceiveAsync(kind, body, sentAs, default)).Status.Id);
        await service.WorkAsync(seconds: 5);
        await AssertEndedAsync(service, ids, "written");
        foreach (var note in Notes().Select(Later))
            ids.Add((await service.PostAsync(note)).Id);
        await service.WorkAsync(seconds: 5);
        await AssertEndedAsync(service, ids, "written");
        foreach (var note in Notes().Select(Later))
            await AmendAsync(service, Least(note));
        await service.WorkAsync(seconds: 5);
        await AssertEndedAsync(service, ids, "written");
        foreach (var id in ids)
            await service.Journey.RetractAsync(id, "entered-in-error", null, default);
        await service.WorkAsync(seconds: 5);
        await AssertEndedAsync(service, ids, "retracted");

        using var together = Assert.EnterMultipleScope();
        Assert.That(sent, Has.Count.GreaterThan(50));
        // What the EHR has changed itself is none of ours: of those, that nothing new is wrong with them is what the service has looked at.
        foreach (var resource in sent.Select(body => FhirJson.Parse<Resource>(body)).Where(one => one.Id is null || !ehr.Rewrites))
            Assert.That(Promises.Shipped.Value.Validate(resource).Errors, Is.Empty, $"{resource.TypeName} {resource.Id}");
    }

    private static readonly Dictionary<string, EhrCapabilities> Kinds = new()
    {
        ["everything"] = EhrCapabilities.Everything,
        ["eight entries a transaction"] = EhrCapabilities.Everything with { TransactionEntries = 8 },
        ["one by one"] = EhrCapabilities.SingleConditionalCreates,
        ["the plainest"] = EhrCapabilities.SingleConditionalCreates with { Forms = EhrForms.Plainest },
        ["the plainest without our profiles"] = EhrCapabilities.Everything with { Forms = EhrForms.Plainest with { NoOwnProfiles = true } },
        ["strict"] = EhrCapabilities.Strict,
    };

    [Test]
    public void No_plan_of_a_first_visit_is_invalid([ValueSource(nameof(KindNames))] string kind, [ValueSource(typeof(Samples), nameof(Samples.Names))] string sample)
    {
        var mapped = Samples.Map(sample);

        var plan = Planner.Plan(mapped, Kinds[kind], Known.Nothing with { Encounters = [new("Encounter/home", true) { Open = true }] }, new PlanningOptions());

        using var together = Assert.EnterMultipleScope();
        foreach (var group in plan.Groups)
        {
            var bodies = PlacedReferences.Outgoing(group, plan);
            Assert.That(Promises.Shipped.Value.Validate(ChwFhir.WriteBack.Transactions.Of(group, bodies)).Errors, Is.Empty);
            foreach (var body in bodies)
                Assert.That(Promises.Shipped.Value.Validate(body).Errors, Is.Empty, body.TypeName);
        }
    }

    private static IEnumerable<string> KindNames => Kinds.Keys;

    private static async Task AssertEndedAsync(TheService service, IEnumerable<string> ids, string state)
    {
        foreach (var id in ids)
        {
            var status = await service.StatusAsync(id);
            Assert.That(status.State, Is.EqualTo(state), $"{id}: {string.Join("; ", status.Issues)}");
            Assert.That(status.Issues.Select(issue => issue.Code), Does.Not.Contain("not-valid"), $"{id}: {string.Join("; ", status.Issues)}");
        }
    }

    private static IEnumerable<JsonObject> Notes() =>
        Directory.EnumerateFiles(Repository.Path("samples", "visit-notes"), "*.json").Order(StringComparer.Ordinal).Select(file => JsonNode.Parse(File.ReadAllBytes(file))!.AsObject());

    private static IEnumerable<(InputKind Kind, byte[] Body, SentAs SentAs)> Others()
    {
        static byte[] Summary(string name) => File.ReadAllBytes(Repository.Path("samples", "after-visit-summaries", name));
        yield return (InputKind.AfterVisitSummary, Summary("clinic-visit.json"), SentAs.Json);
        yield return (InputKind.AfterVisitSummary, Summary("clinic-visit.txt"), new SentAs("text/plain", "Patient/walter-b", null, "printed"));
        yield return (InputKind.AfterVisitSummary, Summary("discharge.ccda.xml"), new SentAs("application/cda+xml"));
        foreach (var file in Directory.EnumerateFiles(Repository.Path("samples", "questionnaire-responses"), "*.json").Order(StringComparer.Ordinal))
            yield return (InputKind.Screening, File.ReadAllBytes(file), new SentAs("application/fhir+json"));
    }

    // A week on: what was open is done, what was done is taken up again.
    private static JsonObject Later(JsonObject note)
    {
        note["id"] = $"{note["id"]}-later";
        note.Remove("authored");
        var visit = note["visit"]!.AsObject();
        visit.Remove("encounter");
        visit["id"] = "later";
        foreach (var name in new[] { "start", "end" })
            if ((string?)visit[name] is { } time)
                visit[name] = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).AddDays(7).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var concern in Items(note, "concerns"))
            concern["status"] = (string?)concern["status"] == "resolved" ? "recurrence" : "resolved";
        foreach (var goal in Items(note, "goals"))
        {
            (goal["status"], goal["achievement"], goal["due"]) = ("completed", "achieved", "2027-01-31");
            foreach (var step in Items(goal, "steps"))
                step["status"] = (string?)step["status"] == "completed" ? "in-progress" : "completed";
        }
        foreach (var referral in Items(note, "referrals"))
            referral["status"] = (string?)referral["status"] == "completed" ? "rejected" : "completed";
        return note;
    }

    // Without whatever it can do without.
    private static JsonObject Least(JsonObject note)
    {
        foreach (var name in note.Select(member => member.Key).Where(name => name is not ("id" or "patient" or "author" or "programme" or "visit" or "narrative")).ToList())
        {
            var without = note.DeepClone().AsObject();
            without.Remove(name);
            if (VisitNoteReader.Read(Encoding.UTF8.GetBytes(without.ToJsonString()), new IntakeOptions()) is VisitNoteReading.Read)
                note.Remove(name);
        }
        note["narrative"] = "Only this.";
        return note;
    }

    private static async Task AmendAsync(TheService service, JsonObject note)
    {
        var stored = (await service.Store.FindAsync(ScriptedEhr.BaseUrl, (string)note["id"]!, default))!;
        Assert.That(await service.Journey.AmendAsync(stored.Id, stored.Revision, Encoding.UTF8.GetBytes(note.ToJsonString()), default), Is.InstanceOf<Receipt.Accepted>());
    }

    private static IEnumerable<JsonObject> Items(JsonObject owner, string name) => (owner[name] as JsonArray ?? []).OfType<JsonObject>();

    private static bool IsA(JsonObject resource, string type) => (string?)resource["resourceType"] == type;
}
