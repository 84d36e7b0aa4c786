namespace ChwFhir.Mapping;

/// <summary>A part of a note that is kept out of the chart for what it says itself: what a person reads, and decides on. What is held because it points at such parts goes with them.</summary>
/// <param name="Key">Names it within the note: <c>narrative</c>, <c>section/2</c>, <c>concern/food</c>, <c>screening/phq-9</c>, <c>answer/93026-3</c>.</param>
/// <param name="Mark">Of its words: a decision is about these and no others.</param>
/// <param name="Pointer">JSON Pointer of where it stands in the note.</param>
/// <param name="For">Recipients in the contract's words who may know of it.</param>
/// <param name="Title">What it is about, in a few words.</param>
/// <param name="Text">What it says.</param>
internal sealed record HeldPart(string Key, string Mark, string Pointer, HeldWhy Why, IReadOnlyList<string> For, string Title, string Text)
{
    /// <summary>Violence, or what tells of it: for those whom <see cref="For"/> names and for nobody else of the care team.</summary>
    public bool IsForFewOnly { get; init; }

    /// <summary>The patient is under age and it is a screening or words: a clinician has to release it, whatever else holds it.</summary>
    public bool IsOfTheYoung { get; init; }

    /// <summary>A decision can let it into the chart. A caregiver's own trouble stands there only when they agree: then the note says so.</summary>
    public bool MayBeReleased => Why != HeldWhy.OfCaregiver;
}
