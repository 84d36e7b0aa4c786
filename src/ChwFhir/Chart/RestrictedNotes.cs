using ChwFhir.Access;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Chart;

/// <summary>Screenings and summaries that were handed in as restricted: whom their resources are withheld from does not read them here either. That there is one may be said, never what.</summary>
public sealed class RestrictedNotes(Sensitivity sensitivity)
{
    public bool IsWithheld(Caller caller, NoteContent content) => MayBe(caller, content.Kind) && IsWithheld(caller, StoredInput.Read(content));

    internal bool IsWithheld(Caller caller, Input? input) => Sensitivity.Withholds(caller) && input is not null && sensitivity.IsLabelled(input.Labels);

    // A note of a visit is not taken with a label.
    private static bool MayBe(Caller caller, string kind) => Sensitivity.Withholds(caller) && kind is not "visit-note";
}
