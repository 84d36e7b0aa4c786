namespace ChwFhir.Intake.Ccda;

/// <summary>The document has more words than a summary may have: thrown where they are read, caught where the document is, never seen outside.</summary>
internal sealed class TooMuchText(string pointer) : Exception
{
    public string Pointer => pointer;
}
