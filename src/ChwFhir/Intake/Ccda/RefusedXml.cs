namespace ChwFhir.Intake.Ccda;

/// <summary>The bytes are no XML that is taken: thrown from within <see cref="CdaXml"/>, caught where the document is read, never seen outside.</summary>
internal sealed class RefusedXml(string code, string detail, int line, int position) : Exception(detail)
{
    public string Code => code;
    public int Line => line;
    public int Position => position;
}
