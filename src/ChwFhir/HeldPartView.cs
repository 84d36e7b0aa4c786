namespace ChwFhir;

/// <summary>A part of a note that is kept out of the chart, or was.</summary>
/// <param name="Id">Of the part with the words that stand in it now: a decision is about these.</param>
/// <param name="Key">Names it within the note: <c>narrative</c>, <c>section/2</c>, <c>concern/food</c>, <c>answer/93026-3</c>.</param>
/// <param name="Pointer">JSON Pointer of where it stands in the note; null in other forms.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Text">What it says.</param>
/// <param name="Why"><c>danger</c>, <c>patient-asked</c>, <c>told-in-confidence</c>, <c>by-rule</c>, <c>under-age</c>, <c>of-caregiver</c> or <c>held-before</c>.</param>
/// <param name="For">Whom it is for, in the contract's words for recipients.</param>
/// <param name="State"><c>held</c>, <c>confirmed</c> or <c>released</c>.</param>
/// <param name="Decision">What was decided last; null while nobody has.</param>
/// <param name="MayRelease">The caller may let it into the chart.</param>
/// <param name="MayConfirm">The caller may say that it stays out of it.</param>
public sealed record HeldPartView(
    string Id, string Key, string? Pointer, string Title, string Text, string Why, IReadOnlyList<string> For, string State, HeldDecisionView? Decision, bool MayRelease, bool MayConfirm);
