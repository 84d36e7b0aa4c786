using ChwFhir.Access;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>Screenings and summaries that were handed in as restricted: whom their resources are withheld from does not read them here either. That there is one may be said, never what.</summary>
public sealed class RestrictedNotes(NoteStore store, Sensitivity sensitivity)
{
    public bool IsWithheld(Caller caller, NoteContent content) => MayBe(caller, content.Kind) && IsWithheld(caller, StoredInput.Read(content));

    /// <summary>The same of a stored note; its content is read only where it may be so.</summary>
    internal async Task<bool> IsWithheldAsync(Caller caller, StoredNote note, CancellationToken cancellationToken)
    {
        if (!MayBe(caller, note.Kind))
            return false;
        try
        {
            return IsWithheld(caller, StoredInput.Read(await store.ReadContentAsync(note.Number, cancellationToken)));
        }
        // What nobody can read any more holds up no list, and may have been marked.
        catch (SealBrokenException)
        {
            return true;
        }
    }

    internal bool IsWithheld(Caller caller, Input? input) => Sensitivity.Withholds(caller) && input is not null && sensitivity.IsLabelled(input.Labels);

    // A note of a visit is not taken with a label.
    private static bool MayBe(Caller caller, string kind) => Sensitivity.Withholds(caller) && kind is not "visit-note";
}
