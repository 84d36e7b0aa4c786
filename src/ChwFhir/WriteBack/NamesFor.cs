using System.Globalization;
using ChwFhir.Access;
using ChwFhir.Delivery;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>What a reader is told of the parts of a note by name: what is held back (<see cref="HeldNames"/>), and, of what was handed in as restricted, all. Pure.</summary>
internal static class NamesFor
{
    private const string Type = "Resource";

    public static NoteStatus Of(NoteStatus status, NoteRights rights)
    {
        if (rights.HasFlag(NoteRights.PartNames))
            return rights.HasFlag(NoteRights.HeldNames) ? status : HeldNames.Without(status);
        return status with
        {
            Resources = [.. status.Resources.Select((row, at) => new ResourceStatus(Name(at), Type, row.State, null, null, null))],
            Messages = [],
            Suggestions = [],
            Issues = [],
            Removals = [],
        };
    }

    public static PlanView Of(PlanView plan, NoteRights rights)
    {
        if (rights.HasFlag(NoteRights.PartNames))
            return rights.HasFlag(NoteRights.HeldNames) ? plan : HeldNames.Without(plan);
        return new PlanView(plan.Id, [.. plan.Steps.Select((step, at) => new PlanLine(Name(at), Type, step.Will, "withheld"))], []);
    }

    /// <param name="note">Whose history it is.</param>
    public static NoteHistory Of(NoteHistory history, StoredNote note, NoteRights rights)
    {
        if (rights.HasFlag(NoteRights.PartNames))
            return rights.HasFlag(NoteRights.HeldNames) ? history : HeldNames.Without(history, note);
        return new NoteHistory(history.Id, [.. history.Items.Select(attempt => attempt with { Keys = [Type] })]);
    }

    private static string Name(int at) => string.Create(CultureInfo.InvariantCulture, $"withheld/{at + 1}");
}
