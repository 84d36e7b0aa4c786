using System.Text.Json;
using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>A note's issues with the step that raised them, so that a step done again replaces its own and no others.</summary>
internal static class StagedIssues
{
    public const string Received = "received", Resolved = "resolved", Mapped = "mapped", Tried = "tried", Told = "told";

    // Said at the door when the EHR did not answer in time; whoever asks the EHR later has checked it.
    private const string NotYetChecked = "not-yet-checked";

    public static IReadOnlyList<NoteIssue> Read(string? json) => [.. Parse(json).Select(staged => staged.Issue)];

    /// <summary>What was said at one stage alone.</summary>
    public static string? Only(string? json, string stage) => Write(Parse(json).Where(staged => staged.Stage == stage), stage, []);

    public static string? Replace(string? json, string stage, IEnumerable<NoteIssue> issues)
    {
        var others = Parse(json).Where(staged => staged.Stage != stage && !(stage == Resolved && staged is { Stage: Received, Issue.Code: NotYetChecked }));
        return Write(others, stage, issues);
    }

    public static string? Add(string? json, string stage, IEnumerable<NoteIssue> issues) => Write(Parse(json), stage, issues);

    private static string? Write(IEnumerable<Staged> present, string stage, IEnumerable<NoteIssue> issues)
    {
        var all = present.Concat(issues.Select(issue => new Staged(stage, issue))).DistinctBy(staged => staged.Issue).ToList();
        return all.Count == 0 ? null : JsonSerializer.Serialize(all);
    }

    private static List<Staged> Parse(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<Staged>>(json)!;

    private sealed record Staged(string Stage, NoteIssue Issue);
}
