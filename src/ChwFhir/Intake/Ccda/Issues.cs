namespace ChwFhir.Intake.Ccda;

/// <summary>What somebody should look at, up to a number that somebody can look at.</summary>
internal sealed class Issues
{
    private const int Most = 500;
    private readonly List<NoteIssue> issues = [];
    private int more;

    public void KeptInText(string pointer, string detail) => Note("kept-in-text", pointer, detail);

    public void Note(string code, string? pointer, string detail)
    {
        if (issues.Count < Most)
            issues.Add(new NoteIssue("information", code, pointer, detail));
        else
            more++;
    }

    public IReadOnlyList<NoteIssue> All()
    {
        if (more > 0)
            issues.Add(new NoteIssue("information", "kept-in-text", "/ClinicalDocument", $"{more} more parts are kept in the text only."));
        more = 0;
        return issues;
    }
}
