using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>Reads one statement with those in it into <see cref="Facts"/>.</summary>
internal sealed class EntryReader(EntryContext context, Facts facts)
{
    /// <summary>Whether the statement became data; what is negated or says nothing did not.</summary>
    public bool Read(CdaElement statement, SectionRole role, string pointer)
    {
        if (statement["statusCode"].Code == "nullified")
            return false;
        return EntryKinds.Of(statement, role) switch
        {
            EntryKind.Medication => Medication(statement),
            EntryKind.Problem => Problem(statement, default),
            EntryKind.DiagnosisAct => DiagnosisAct(statement, role, pointer),
            EntryKind.Concern => Concern(statement, role, pointer),
            EntryKind.Goal => Goal(statement) | Nested(statement, role, pointer),
            EntryKind.Instruction => Instruction(statement),
            EntryKind.Nutrition => Nutrition(statement) | Nested(statement, role, pointer),
            EntryKind.PlannedEncounter => Plan(statement, FollowUpKind.Appointment) | Nested(statement, role, pointer),
            EntryKind.Planned => Plan(statement, FollowUpKind.Planned) | Nested(statement, role, pointer),
            EntryKind.Encounter => Encounter(statement, role, pointer),
            EntryKind.Results => Results(statement),
            EntryKind.Group => Nested(statement, role, pointer),
            _ => false,
        };
    }

    private bool Medication(CdaElement statement)
    {
        if (Medications.Read(statement, context) is not { } medication)
            return false;
        facts.Add(medication);
        return true;
    }

    private bool Problem(CdaElement observation, CdaElement act)
    {
        if (Diagnoses.Read(observation, act, context) is not { } diagnosis)
            return false;
        facts.Add(diagnosis);
        facts.Remember(observation, diagnosis);
        if (act.Exists)
            facts.Remember(act, diagnosis);
        return true;
    }

    private bool DiagnosisAct(CdaElement act, SectionRole role, string pointer)
    {
        var isRead = false;
        foreach (var relation in act.Children("entryRelationship"))
        {
            if (relation["observation"] is { Exists: true } observation && EntryKinds.Of(observation, SectionRole.Problems) == EntryKind.Problem)
                isRead |= Problem(observation, act);
        }
        return isRead | Nested(act, role, pointer);
    }

    private bool Concern(CdaElement statement, SectionRole role, string pointer)
    {
        if (Concerns.Read(statement, context) is { } concern)
        {
            facts.Add(concern);
            Nested(statement, role, pointer);
            return true;
        }
        var isPointing = Concerns.PointsAt(statement) is { Count: > 0 } ids && Point(ids, statement, pointer);
        return Nested(statement, role, pointer) | isPointing;
    }

    private bool Point(IReadOnlyList<PersonIdentifier> ids, CdaElement statement, string pointer)
    {
        facts.PointsAt(ids, Concerns.Status(statement["statusCode"].Code), pointer);
        return true;
    }

    private bool Goal(CdaElement observation)
    {
        if (Goals.Read(observation, context) is not { } goal)
            return false;
        facts.Add(goal);
        return true;
    }

    private bool Instruction(CdaElement act)
    {
        if (Instructions.Read(act, context) is not { } instruction)
            return false;
        facts.Add(instruction);
        return true;
    }

    private bool Nutrition(CdaElement act)
    {
        if (Instructions.Read(act, context) is not { } instruction)
            return false;
        facts.Add(instruction with { Title = instruction.Title ?? "Nutrition" });
        return true;
    }

    private bool Plan(CdaElement statement, FollowUpKind kind)
    {
        if (Plans.Read(statement, kind, context) is not { } plan)
            return false;
        facts.Add(plan);
        return true;
    }

    /// <summary>Kept until all is read: only one that is the visit of this summary becomes data.</summary>
    private bool Encounter(CdaElement encounter, SectionRole role, string pointer)
    {
        var diagnoses = new List<SummaryDiagnosis>();
        foreach (var relation in encounter.Children("entryRelationship"))
        {
            if (relation["observation"] is { Exists: true } reason && EntryKinds.Of(reason, role) == EntryKind.Problem && Diagnoses.Read(reason, default, context) is { } direct)
                diagnoses.Add(direct);
            foreach (var inner in relation["act"].Children("entryRelationship"))
            {
                if (inner["observation"] is { Exists: true } observation && EntryKinds.Of(observation, SectionRole.Problems) == EntryKind.Problem && Diagnoses.Read(observation, relation["act"], context) is { } diagnosis)
                    diagnoses.Add(diagnosis);
            }
        }
        facts.Encounters.Add((EncounterReading.Activity(encounter, context.Times), diagnoses, pointer));
        foreach (var relation in encounter.Children("entryRelationship"))
            NestedIn(relation, role, pointer);
        return true;
    }

    /// <summary>A result that is not there yet: a battery or test still active, without a value.</summary>
    private bool Results(CdaElement statement)
    {
        if (statement["statusCode"].Code is not ("active" or "new" or "held" or "suspended") || statement["value"] is { Exists: true, IsNull: false })
            return false;
        if (context.Said(statement["code"]) is not { } text || CleanText.SaysNothing(text))
            return false;
        foreach (var component in statement.Children("component"))
        {
            if (component["observation"]["value"] is { Exists: true, IsNull: false })
                return false;
        }
        var time = StatementTime.Of(statement, context.Times);
        facts.Add(new PendingTest(text, context.Times.IsAhead(time.First) ? time.First : null));
        return true;
    }

    /// <summary>What stands within a statement and says something of its own: instructions, plans, goals, medicines of a group.</summary>
    private bool Nested(CdaElement statement, SectionRole role, string pointer)
    {
        var isRead = false;
        foreach (var relation in statement.Children())
        {
            if (relation.Name is "entryRelationship" or "component")
                isRead |= NestedIn(relation, role, pointer);
        }
        return isRead;
    }

    private bool NestedIn(CdaElement relation, SectionRole role, string pointer)
    {
        var isRead = false;
        foreach (var statement in relation.Children())
        {
            if (!EntryKinds.IsStatement(statement.Name))
                continue;
            if (EntryKinds.Of(statement, role) is EntryKind.Instruction or EntryKind.Planned or EntryKind.PlannedEncounter or EntryKind.Goal or EntryKind.Group or EntryKind.Nutrition or EntryKind.Medication)
                isRead |= Read(statement, role, pointer);
        }
        return isRead;
    }
}
