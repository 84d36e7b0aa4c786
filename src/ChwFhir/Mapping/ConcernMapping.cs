using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A concern: Condition, as a health concern that a CHW reports and a clinician confirms.</summary>
internal static class ConcernMapping
{
    internal static void Map(Draft draft)
    {
        for (var i = 0; i < draft.Note.Concerns.Count; i++)
        {
            var concern = draft.Note.Concerns[i];
            if (draft.Holds.StaysHeld(concern))
                draft.Warn("held-before", $"/concerns/{i}", "An earlier note holds this concern back from the chart, and this one names no hold: it stays held. To release it, amend the earlier note, or ask a clinician or social worker.", held: true);
            var mapped = draft.AddLongLived(draft.TakeKey(Key(concern)), Condition(draft, concern), draft.Holds.Of(concern), Folding.Fold(concern.Text ?? ""), concern.SaidStatus is null ? ["clinicalStatus"] : null);
            draft.Alias($"concern/{Words.Of(concern.Domain)}", mapped);
            if (concern.Id is { } id)
                draft.Alias($"concern/{id}", mapped);
        }
    }

    /// <summary>The need in codes and in the words given. A caregiver's own need has no code: in this chart it would be the patient's.</summary>
    internal static CodeableConcept Code(Concern concern)
    {
        var domain = CodeTables.Domains[concern.Domain];
        var text = concern.Text ?? domain.Text;
        if (concern.About == ConcernAbout.Caregiver)
            return Concepts.Text($"About the caregiver: {text}");

        var code = new CodeableConcept { Text = text };
        if (domain.Snomed is { Code: { } snomed })
            code.Coding.Add(Concepts.Snomed(Systems.Snomed, snomed, domain.Snomed.Display));
        if (domain.Icd10 is { Code: { } icd10 })
            code.Coding.Add(new Coding(Systems.Icd10, icd10, domain.Icd10.Display));

        return code;
    }

    /// <summary>The Condition of a concern named by id or domain: of this note, or one written earlier.</summary>
    internal static ResourceReference? Reference(Draft draft, string idOrDomain)
    {
        if (draft.Holds.IsHeldConcern(idOrDomain))
            return null;
        if (draft.Find($"concern/{idOrDomain}") is { } mapped)
            return new ResourceReference(mapped.FullUrl);

        var key = $"concern/{Folding.KeyPart(idOrDomain)}";
        return draft.HeldBefore(key) is null
            ? null
            : new ResourceReference { Type = "Condition", Identifier = new Identifier(draft.Options.IdentifierSystem, draft.OfPatient(key)), Display = idOrDomain };
    }

    /// <summary>What the concern is known by across the visits.</summary>
    internal static string Key(Concern concern)
    {
        if (concern.Id is { } id)
            return $"concern/{Folding.KeyPart(id)}";

        var domain = Words.Of(concern.Domain);
        return concern is { Domain: ConcernDomain.Other, Text: { } text } ? $"concern/{domain}-{Folding.Hash(text)}" : $"concern/{domain}";
    }

    private static Condition Condition(Draft draft, Concern concern)
    {
        var condition = Unconfirmed(draft, Code(concern), concern.Domain, concern.Status);
        if (concern is { About: ConcernAbout.Caregiver, OkInChart: true })
            condition.Note.Add(Concepts.Note("The caregiver's own trouble; they agreed that it stands in this chart."));

        return condition;
    }

    /// <summary>A health concern that nobody has confirmed.</summary>
    internal static Condition Unconfirmed(Draft draft, CodeableConcept code, ConcernDomain domain, ConditionClinical status)
    {
        var condition = new Condition
        {
            Meta = Concepts.Profile("us-core-condition-problems-health-concerns", OwnProfiles.Need),
            ClinicalStatus = Concepts.Of(Systems.ConditionClinical, Words.Of(status)),
            VerificationStatus = Concepts.Of(Systems.ConditionVerification, "unconfirmed"),
            Code = code,
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            RecordedDate = draft.When,
            Recorder = draft.Signed(),
        };
        condition.Category.Add(Concepts.Of(Systems.UsCoreConditionCategory, "health-concern", "Health Concern"));
        if (CodeTables.Domains[domain].Category is { } category)
        {
            condition.Category.Add(Concepts.Of(Systems.UsCoreCategory, "sdoh", "SDOH"));
            condition.Category.Add(Concepts.Of(Systems.Sdohcc, category));
        }

        return condition;
    }
}
