namespace ChwFhir.Api.Imports;

/// <summary>By which door a document comes in.</summary>
internal enum DocumentForm { VisitNote, AfterVisitSummary, QuestionnaireResponse }
