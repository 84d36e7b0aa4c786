using System.Text.Json;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Rules;

/// <summary>What no single member can say about itself. The rules see a note as far as it could be read: a member with a fault is null, empty or its default.</summary>
internal static class NoteRules
{
    public static void Check(VisitNote note, JsonElement json, IntakeOptions options, DateTimeOffset? receivedAt, Trail trail)
    {
        SomethingIsSaid.Check(json, trail);
        RightPatient.Check(note, options, trail);
        UniqueIds.Check(note, trail);
        Order.Check(note, receivedAt, trail);
        Measures.Check(note, trail);
        Screens.Check(note, trail);
        InnerReferences.Check(note, trail);
    }

    /// <summary>The entries that could be read, with their places.</summary>
    public static IEnumerable<(Place Place, T Entry)> Each<T>(string list, IReadOnlyList<T> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is { } entry)
                yield return (new Place(list, i), entry);
        }
    }

    /// <summary>The place of an entry; its pointer is only spelled out when somebody writes it down.</summary>
    public readonly record struct Place(string List, int Index)
    {
        public override string ToString() => $"{List}/{Index}";
    }
}
