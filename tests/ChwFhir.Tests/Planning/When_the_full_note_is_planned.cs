using System.Text;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Planning;

/// <summary>The plan of one full note on each kind of EHR, as text that a person has read: <c>plans/*.txt</c>.</summary>
internal sealed class When_the_full_note_is_planned
{
    private static readonly TypeCapabilities Nothing = TypeCapabilities.ReadOnly;

    private static readonly Dictionary<string, (EhrCapabilities Capabilities, Known Known)> Cases = new()
    {
        ["everything"] = (EhrCapabilities.Everything, Known.Nothing),
        ["single-conditional-creates"] = (EhrCapabilities.SingleConditionalCreates, Known.Nothing),
        ["eight-entries-a-transaction"] = (EhrCapabilities.Everything with { TransactionEntries = 8 }, Known.Nothing),
        ["no-care-plan"] = (EhrCapabilities.Everything with { Types = new Dictionary<string, TypeCapabilities> { ["CarePlan"] = Nothing } }, Known.Nothing),
        ["documents-only"] = (EhrCapabilities.Everything with { OtherTypes = Nothing, Types = new Dictionary<string, TypeCapabilities> { ["DocumentReference"] = TypeCapabilities.Everything } }, Known.Nothing),
        ["read-only"] = (EhrCapabilities.Everything with { OtherTypes = Nothing }, Known.Nothing),
        ["strict-with-a-home-visit"] = (EhrCapabilities.Strict, Known.Nothing with { Encounters = [new("Encounter/clinic", false), new("Encounter/home", true)] }),
        ["strict-without-an-encounter"] = (EhrCapabilities.Strict, Known.Nothing with { Encounters = [new("Encounter/oncology", false)] }),
        ["after-a-refusal-and-a-lost-answer"] = (EhrCapabilities.SingleConditionalCreates, Known.Nothing with
        {
            Written = new Dictionary<string, WrittenResource> { ["encounter"] = new("Encounter/1", "1", "created"), ["note"] = new("DocumentReference/2", "1", "created") },
            Refused = new Dictionary<string, string> { ["goal/garden"] = "EHR refused it: 422 (error invalid Goal.target)" },
            Open = new HashSet<string> { "message/m1" },
            Uncertain = new HashSet<string> { "care-plan" },
        }),
    };

    private static IEnumerable<string> Names => Cases.Keys;

    [TestCaseSource(nameof(Names))]
    public void The_plan_is_the_one_that_was_read(string name)
    {
        var (capabilities, known) = Cases[name];

        var plan = Planner.Plan(TheNote, capabilities, known with { VisitTime = new(2026, 11, 3, 14, 5, 0, TimeSpan.FromHours(-5)) }, new PlanningOptions());

        var file = Repository.Path("tests", "ChwFhir.Tests", "Planning", "plans", $"{name}.txt");
        var text = Text(plan);
        if (!File.Exists(file))
        {
            File.WriteAllText(file, text);
            Assert.Fail($"A new plan stands in {file}: read it.");
        }
        Assert.That(text, Is.EqualTo(File.ReadAllText(file)), "delete the file, run again and read the difference when the new plan is right");
    }

    [Test]
    public void A_reference_to_what_is_not_written_names_it_by_our_identifier()
    {
        var (capabilities, known) = Cases["no-care-plan"];

        var plan = Planner.Plan(TheNote, capabilities, known, new PlanningOptions());

        var group = plan.Groups.Single();
        var provenance = (Provenance)PlacedReferences.Outgoing(group.Steps.Single(step => step.Type == "Provenance"), group, plan);
        var target = provenance.Target.Single(target => target.Identifier?.Value?.EndsWith("care-plan", StringComparison.Ordinal) is true);
        Assert.That((target.Reference, target.Type), Is.EqualTo(((string?)null, "CarePlan")));
        Assert.That(provenance.Target.Where(other => other != target).Select(other => other.Reference), Is.All.StartsWith("urn:uuid:"));
    }

    [Test]
    public void A_site_whose_clinicians_sign_gets_a_draft()
    {
        var plan = Planner.Plan(TheNote, EhrCapabilities.Everything, Known.Nothing, new PlanningOptions { File = "draft" });

        Assert.That(((DocumentReference)plan.Document!.Resource!).DocStatus, Is.EqualTo(CompositionStatus.Preliminary));
    }

    // Everything at once, nothing held back, no encounter of the EHR's named.
    private static MappedNote TheNote
    {
        get
        {
            var read = (VisitNoteReading.Read)VisitNoteReader.Read(SomeNote.Whole, new IntakeOptions());
            var note = read.Note with { Visit = read.Note.Visit with { Encounter = null } };
            return NoteMapper.Map(note, read.ContentHash, new ResolvedNote { Patient = "Patient/p1", BirthDate = "1963-04-02", Author = "Practitioner/chw-1" }, new MappingOptions());
        }
    }

    private static string Text(WritePlan plan)
    {
        var text = new StringBuilder();
        foreach (var step in plan.Steps)
            text.Append(Words.Of(step.Will)).Append(step.Done ? " (done)" : "").Append(' ').Append(step.Type).Append(' ').Append(step.Key).Append(": ").Append(step.Why).Append(step.Reference is null ? "" : $" [{step.Reference}]").Append('\n');
        foreach (var group in plan.Groups)
            text.Append(group.Transaction ? "transaction: " : "single: ").AppendJoin(' ', group.Steps.Select(step => step.Key)).Append('\n');
        if (plan.Blocked is { } blocked)
            text.Append("blocked: ").Append(blocked.Code).Append(": ").Append(blocked.Detail).Append('\n');
        return text.ToString();
    }
}
