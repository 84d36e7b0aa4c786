using ChwFhir.Queue;

namespace ChwFhir.SmartApp.Speech;

/// <summary>What became of a note or a part of it, in the honest words of the window, and the look that goes with them. Never a bare tick.</summary>
internal static class States
{
    public static (string Key, string Look) Of(NoteState state) => state switch
    {
        NoteState.Queued => ("state.waiting", "going"),
        NoteState.Writing => ("state.sending", "going"),
        NoteState.Written => ("state.in-chart", "done"),
        NoteState.NeedsAttention => ("state.needs-person", "ask"),
        _ => ("state.taken-back", "kept"),
    };

    public static (string Key, string Look) Of(ResourceState state, NoteState note) => state switch
    {
        ResourceState.Pending when note == NoteState.Writing => ("state.sending", "going"),
        ResourceState.Pending => ("state.waiting", "going"),
        ResourceState.Written or ResourceState.Existing => ("state.in-chart", "done"),
        ResourceState.Folded => ("state.in-note", "part"),
        ResourceState.Held => ("state.reconcile", "ask"),
        ResourceState.Unknown => ("state.not-sure", "ask"),
        ResourceState.Refused => ("state.refused", "no"),
        _ => ("state.kept", "kept"),
    };
}
