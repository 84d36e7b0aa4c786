namespace ChwFhir.Intake.Ccda;

/// <param name="Name">What a person calls it, for issues: never the document's own title.</param>
internal sealed record KnownSection(string Loinc, string Name, SectionRole Role, params string[] Roots);
