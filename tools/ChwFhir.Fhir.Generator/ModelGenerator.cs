namespace ChwFhir.Fhir.Generator;

/// <summary>Writes the R4 model: file name to text, in memory, so that a test can compare without touching the disk.</summary>
public static class ModelGenerator
{
    /// <summary>The resources that have classes; every data type they can hold comes with them. Others are read as UnmodelledResource.</summary>
    private static readonly string[] Resources =
    [
        "Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "HealthcareService", "RelatedPerson", "CareTeam",
        "Encounter", "EpisodeOfCare", "Appointment", "CarePlan", "Goal", "Condition", "Observation", "Procedure", "DiagnosticReport",
        "Communication", "CommunicationRequest", "Task", "ServiceRequest", "DocumentReference", "Composition", "Binary", "Provenance",
        "AuditEvent", "Consent", "Questionnaire", "QuestionnaireResponse", "MedicationRequest", "MedicationStatement", "Medication",
        "AllergyIntolerance", "Immunization", "Coverage", "Device", "Flag", "List", "Group", "Basic", "Bundle", "Parameters",
        "OperationOutcome", "CapabilityStatement", "StructureDefinition", "ValueSet", "CodeSystem", "ConceptMap", "NamingSystem",
        "SearchParameter", "ImplementationGuide",
    ];

    public static SortedDictionary<string, string> Generate(Definitions definitions)
    {
        var types = new ModelReader(definitions, new EnumReader(definitions)).Read([.. Resources, "Extension"]);
        var enums = types.SelectMany(type => type.Enums).DistinctBy(model => model.FullName).OrderBy(model => model.FullName, StringComparer.Ordinal).ToList();

        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in types)
            files[type.Root.Name + ".cs"] = TypeEmitter.Emit(type);
        foreach (var model in enums.Where(model => model.Owner is null))
            files[model.Name + ".cs"] = TypeEmitter.EmitShared(model);
        files["EnumLiterals.cs"] = TablesEmitter.EnumLiterals(enums);
        files["Names.cs"] = TablesEmitter.Names(types);
        files["ChoiceNames.cs"] = TablesEmitter.ChoiceNames(types);
        files["DataKind.cs"] = TablesEmitter.DataKind(types);
        files["DataTypes.cs"] = TablesEmitter.DataTypes(types);
        files["TypeTable.cs"] = TablesEmitter.TypeTable(types);
        files["RequiredCodes.cs"] = TablesEmitter.RequiredCodes(enums);
        files["ResourceTypes.cs"] = TablesEmitter.ResourceTypes(types);

        return files;
    }
}
