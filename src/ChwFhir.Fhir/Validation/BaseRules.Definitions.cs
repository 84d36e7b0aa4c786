using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// Rules about definitions are for those who publish them; here stand the few that every one of them meets.
internal static partial class BaseRules
{
    private static IEnumerable<Rule> OfDefinitions() =>
    [
        On<StructureDefinition>("sdf-0", "a name should be a word that a program can use", it => IsProgramName(it.Name)),
        On<StructureDefinition>("sdf-6", "a definition has a snapshot or a differential", it => it.Snapshot is not null || it.Differential is not null),
        On<ValueSet>("vsd-0", "a name should be a word that a program can use", it => IsProgramName(it.Name)),
        On<ValueSet.ConceptSetComponent>("vsd-1", "an include names a system or a value set", it => it.ValueSet.Any() || it.System is not null),
        On<ValueSet.ConceptSetComponent>("vsd-2", "concepts and filters need a system", it => it.System is not null || (it.Concept.Count == 0 && it.Filter.Count == 0)),
        On<ValueSet.ConceptSetComponent>("vsd-3", "concepts or filters, and not both", it => it.Concept.Count == 0 || it.Filter.Count == 0),
        On<CodeSystem>("csd-0", "a name should be a word that a program can use", it => IsProgramName(it.Name)),
        On<CodeSystem>("csd-1", "a code stands once", it => AreDistinct(AllConcepts(it.Concept).Select(concept => concept.Code))),
        On<ConceptMap>("cmd-0", "a name should be a word that a program can use", it => IsProgramName(it.Name)),
        On<SearchParameter>("spd-0", "a name should be a word that a program can use", it => IsProgramName(it.Name)),
        On<ImplementationGuide>("ig-0", "a name should be a word that a program can use", it => IsProgramName(it.Name)),
        On<NamingSystem>("nsd-0", "a name should be a word that a program can use", it => IsProgramName(it.Name)),
    ];

    private static IEnumerable<CodeSystem.ConceptDefinitionComponent> AllConcepts(List<CodeSystem.ConceptDefinitionComponent> concepts) =>
        concepts.SelectMany(concept => AllConcepts(concept.Concept).Prepend(concept));
}
