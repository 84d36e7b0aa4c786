using System.Text;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Planning;

/// <summary>The plan of one full note as text that a person has read: <c>plans/*.txt</c>.</summary>
internal static class ThePlan
{
    public static readonly DateTimeOffset VisitTime = new(2026, 11, 3, 14, 5, 0, TimeSpan.FromHours(-5));

    /// <summary>Everything at once, nothing held back, no encounter of the EHR's named.</summary>
    public static MappedNote Note
    {
        get
        {
            var read = (VisitNoteReading.Read)VisitNoteReader.Read(SomeNote.Whole, new IntakeOptions());
            var note = read.Note with { Visit = read.Note.Visit with { Encounter = null } };
            return NoteMapper.Map(note, read.ContentHash, new ResolvedNote { Patient = "Patient/p1", BirthDate = "1963-04-02", Author = "Practitioner/chw-1" }, new MappingOptions());
        }
    }

    public static void AssertRead(string name, WritePlan plan)
    {
        var file = Repository.Path("tests", "ChwFhir.Tests", "Planning", "plans", $"{name}.txt");
        var text = Text(plan);
        if (!File.Exists(file))
        {
            File.WriteAllText(file, text);
            Assert.Fail($"A new plan stands in {file}: read it.");
        }
        Assert.That(text, Is.EqualTo(File.ReadAllText(file)), "delete the file, run again and read the difference when the new plan is right");
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
