using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>What the entries of the whole document say, each fact once: documents repeat a problem in its list, its encounter and its concern.</summary>
internal sealed class Facts
{
    /// <summary>Nobody has more of one kind: what follows reads every one of them against the whole text.</summary>
    private const int Most = 1_000;

    private readonly HashSet<object> known = [];
    private int more;
    private readonly Dictionary<PersonIdentifier, SummaryDiagnosis> problems = [];
    private readonly List<(IReadOnlyList<PersonIdentifier> Ids, string? Status, string Pointer)> pointing = [];

    public List<SummaryDiagnosis> Diagnoses { get; } = [];
    public List<SummaryMedication> Medications { get; } = [];
    public List<SummaryInstruction> Instructions { get; } = [];
    public List<SummaryFollowUp> FollowUps { get; } = [];
    public List<PendingTest> PendingTests { get; } = [];
    public List<SummaryGoal> Goals { get; } = [];
    public List<SummaryConcern> Concerns { get; } = [];
    public List<(SummaryEncounter Encounter, IReadOnlyList<SummaryDiagnosis> Diagnoses, string Pointer)> Encounters { get; } = [];

    public void Add(SummaryMedication medication) => AddOnce(Medications, medication);
    public void Add(SummaryInstruction instruction) => AddOnce(Instructions, instruction);
    public void Add(SummaryFollowUp followUp) => AddOnce(FollowUps, followUp);
    public void Add(PendingTest test) => AddOnce(PendingTests, test);
    public void Add(SummaryGoal goal) => AddOnce(Goals, goal);
    public void Add(SummaryConcern concern) => AddOnce(Concerns, concern);

    /// <summary>The same problem with the same onset is one, wherever it stands.</summary>
    public void Add(SummaryDiagnosis diagnosis)
    {
        if (known.Add(diagnosis with { Status = null }))
            Keep(Diagnoses, diagnosis);
    }

    /// <summary>Entries elsewhere may name a problem by its id alone.</summary>
    public void Remember(CdaElement statement, SummaryDiagnosis problem)
    {
        if (CodeSystems.Identifier(statement["id"]) is { } id)
            problems.TryAdd(id, problem);
    }

    public void PointsAt(IReadOnlyList<PersonIdentifier> ids, string? status, string pointer) => pointing.Add((ids, status, pointer));

    /// <summary>When all is read: concerns that only point at a problem. What they point at may be no problem, or nowhere.</summary>
    public void LookUp(Issues issues)
    {
        foreach (var (ids, status, pointer) in pointing)
        {
            var isFound = false;
            foreach (var id in ids)
            {
                if (!problems.TryGetValue(id, out var problem))
                    continue;
                isFound = true;
                Add(new SummaryConcern(problem.Text, problem.Code, status ?? problem.Status));
            }
            if (!isFound)
                issues.KeptInText(pointer, "This concern points at entries that are no problems of this document: it is kept in the text only.");
        }
    }

    /// <summary>What was too much of one kind.</summary>
    public void TellMore(Issues issues)
    {
        if (more > 0)
            issues.KeptInText("/ClinicalDocument", $"{more} entries beyond the first {Most} of their kind are kept in the text only.");
    }

    private void AddOnce<T>(List<T> list, T fact) where T : notnull
    {
        if (known.Add(fact))
            Keep(list, fact);
    }

    private void Keep<T>(List<T> list, T fact)
    {
        if (list.Count < Most)
            list.Add(fact);
        else
            more++;
    }
}
