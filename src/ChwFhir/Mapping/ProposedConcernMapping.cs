using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>
/// A need that the answers to a social-needs screening say, and that the note does not state as a concern: proposed as one, unconfirmed, with the answers as its evidence.
/// Scores of mood, symptoms and distress propose nothing: a score is no diagnosis, and the Observation says it.
/// </summary>
internal static class ProposedConcernMapping
{
    internal static void Map(Draft draft)
    {
        foreach (var needs in draft.ScreenedNeeds.Where(need => need.Form.Sdoh && need.Need.Domain is not null && !IsStated(draft, need.Need)).GroupBy(need => Key(need.Need)))
        {
            var open = needs.Where(need => !need.Held).ToList();
            var held = open.Count == 0 || IsHeld(draft, needs.Key, needs.First().Need);
            Propose(draft, needs.Key, held ? [.. needs] : open, held);
        }
    }

    private static void Propose(Draft draft, string key, IReadOnlyList<ScreenedNeed> needs, bool held)
    {
        var domain = needs[0].Need.Domain!.Value;
        var text = needs[0].Need.Text ?? CodeTables.Domains[domain].Text;
        // An earlier visit's own words of the same concern say more than its kind.
        var code = Code(needs, domain, needs[0].Need.Text ?? draft.HeldBefore(key)?.Text ?? text);
        var condition = ConcernMapping.Unconfirmed(draft, code, domain, ConditionClinical.Active);
        string[] from = [.. needs.Select(need => need.Form.Title).Distinct()];
        condition.Evidence.Add(new Condition.EvidenceComponent
        {
            Code = [Concepts.Text($"Answers to {Phrases.And(from)}")],
            Detail = [.. needs.Select(need => new ResourceReference(need.Said.FullUrl))],
        });

        draft.AddLongLived(draft.TakeKey(key), condition, held);
        draft.Proposed.Add(new ProposedConcern(text, from, held));
    }

    private static CodeableConcept Code(IReadOnlyList<ScreenedNeed> needs, ConcernDomain domain, string text)
    {
        if (needs.FirstOrDefault(need => need.Need.Codes.Count > 0) is not { } exact)
            return ConcernMapping.Code(new Concern { Domain = domain, Text = text });

        var concept = new CodeableConcept { Text = text };
        foreach (var code in exact.Need.Codes)
            concept.Coding.Add(Concepts.Snomed(code.System, code.Code, code.Display));

        return concept;
    }

    /// <summary>The same key as a concern of that domain that a note states without an id: it lives on in that one.</summary>
    private static string Key(FormNeed need) => ConcernMapping.Key(new Concern { Domain = need.Domain!.Value, Text = need.Text });

    private static bool IsStated(Draft draft, FormNeed need) => draft.Note.Concerns.Any(concern =>
        concern.About == ConcernAbout.Patient && concern.Domain == need.Domain && (need.Domain != ConcernDomain.Other || PlainWords.Same(concern.Text ?? "", need.Text ?? "")));

    private static bool IsHeld(Draft draft, string key, FormNeed need) =>
        draft.Options.HeldItems.Domains.Contains(Words.Of(need.Domain!.Value)) || draft.Holds.IsHeldPart(key) || draft.Holds.IsHeldConcern(Words.Of(need.Domain!.Value));
}
