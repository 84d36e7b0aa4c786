namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What a form does not say itself: whose chart it is about and who writes it, by the session.</summary>
/// <param name="Patient"><c>Patient/1</c>.</param>
/// <param name="Author"><c>Practitioner/1</c>.</param>
/// <param name="TakenBy">Who takes suggestions over, as their token names them.</param>
/// <param name="Asked">Title of the part with what was asked since the last time.</param>
internal sealed record FormContext(string Patient, string Author, string AuthorName, string TakenBy, string Asked);
