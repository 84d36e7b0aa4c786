using System.Globalization;
using ChwFhir.Delivery;
using ChwFhir.Intake;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>For whoever may know that something is held back, and not what: it is counted, not named. Pure.</summary>
internal static class HeldNames
{
    private const string Type = "Resource";

    // Said at the receipt, before anybody could know what is held.
    private static readonly HashSet<string> OfReading = ["contradiction", "not-to-be-asked", "incomplete", "score-differs", "answered-twice", "kept-in-text", "not-found-in-note", "due-before-start"];

    private static readonly string[] MayBeHeld = ["/concerns/", "/screenings/", "/symptoms/", "/messages/", "/sections/", "/goals/", "/referrals/"];

    public static NoteStatus Without(NoteStatus status)
    {
        var (parts, messages) = (0, 0);
        return status with
        {
            Resources = [.. status.Resources.Where(row => !HeldSince.Is(row.Key)).Select(row => row.How == KeepWithService.Held ? row with { Key = Name(++parts), Type = Type } : row)],
            Removals = [.. status.Removals.Where(row => !HeldSince.IsOfPart(row))],
            // Who has opened it says whom it is for, and that says what it is.
            Messages = [.. status.Messages.Select(message => message.Held ? message with { Key = Name(++messages), By = null } : message)],
            Issues = Without(status.Issues, status.Resources.Count == 0 || status.Resources.Any(row => row.How == KeepWithService.Held)),
        };
    }

    public static PlanView Without(PlanView plan)
    {
        var count = 0;
        return plan with
        {
            Steps = [.. plan.Steps.Where(step => !HeldSince.Is(step.Key)).Select(step => step.Why == KeepWithService.Held ? step with { Key = Name(++count), Type = Type } : step)],
            Issues = Without(plan.Issues, plan.Steps.Any(step => step.Why == KeepWithService.Held)),
        };
    }

    /// <param name="note">Whose history it is.</param>
    public static NoteHistory Without(NoteHistory history, StoredNote note)
    {
        var held = note.Resources.Where(row => row.How == KeepWithService.Held).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        return history with
        {
            Items = [.. history.Items.Select(attempt => attempt with { Keys = [.. attempt.Keys.Select(NameOf).Distinct()] })],
            Decisions = [.. history.Decisions.Select(made => made with { Key = NameOf(made.Key) })],
        };

        string NameOf(string key) => HeldSince.Is(key) || held.Contains(key) ? Type : key;
    }

    private static IReadOnlyList<NoteIssue> Without(IReadOnlyList<NoteIssue> issues, bool holdsAny) => [.. issues.Where(issue => !issue.Held && !(holdsAny && MayTell(issue)))];

    private static bool MayTell(NoteIssue issue) => issue.Pointer is { } pointer && OfReading.Contains(issue.Code) && MayBeHeld.Any(part => pointer.StartsWith(part, StringComparison.Ordinal));

    private static string Name(int count) => string.Create(CultureInfo.InvariantCulture, $"held/{count}");
}
