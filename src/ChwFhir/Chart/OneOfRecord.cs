using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>One resource of a record, as one note after the other tells it.</summary>
internal sealed class OneOfRecord
{
    private readonly List<(StoredNote Note, Bundle.EntryComponent Part)> tellings = [];
    private long first = long.MaxValue;

    /// <summary>Bytes of memory that <see cref="Entry"/> takes beside the notes.</summary>
    public long Size { get; private set; }

    /// <summary>One more note tells it, of a visit after those before.</summary>
    /// <param name="isWithheld">Nothing of this note's words is taken.</param>
    public void Add(StoredNote note, Bundle.EntryComponent part, bool isWithheld)
    {
        // By the note that told it first: that stays when another tells it again.
        first = Math.Min(note.Number, first);
        if (!isWithheld)
            tellings.Add((note, part));
    }

    /// <summary>Null where all that is told of it is withheld.</summary>
    public RecordEntry? Entry()
    {
        if (tellings.Count == 0)
            return null;
        var (note, part) = tellings[^1];
        return new RecordEntry(RecordOfNotes.IdOf(note, part.Resource!, part.FullUrl!, first), part.FullUrl!, tellings.Count == 1 || !MergeRules.Has(part.Resource!.TypeName) ? part.Resource! : Together(), note.VisitTime, tellings.Max(one => one.Note.UpdatedAt), note.Version);
    }

    // It has the words of all of them, and so the labels.
    private Resource Together()
    {
        var said = Saying.Of(tellings.Select(one => new VisitWords(one.Part.Resource!, one.Note.VisitTime, MappedNote.LeftOut(one.Part))))!.Body;
        var labels = tellings.SelectMany(one => one.Part.Resource!.Meta?.Security ?? []).DistinctBy(label => (label.System, label.Code)).Select(label => (Coding)label.DeepCopy()).ToList();
        if (labels.Count > 0)
            (said.Meta ??= new Meta()).Security = labels;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var kept = (Resource)said.DeepCopy();
        Size = GC.GetAllocatedBytesForCurrentThread() - before;
        return kept;
    }
}
