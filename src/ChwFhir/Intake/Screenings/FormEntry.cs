using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.Screenings;

/// <summary>One item of a QuestionnaireResponse that has answers.</summary>
/// <param name="Pointer">Its place: <c>/item/0/item/2</c>.</param>
/// <param name="Names">What it may be known by, the surest first: codes of its question, the last part of its linkId and of its definition.</param>
internal sealed record FormEntry(string Pointer, QuestionnaireResponse.ItemComponent Item, IReadOnlyList<string> Names);
