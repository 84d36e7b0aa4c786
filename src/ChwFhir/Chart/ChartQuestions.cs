using System.Globalization;
using static ChwFhir.Chart.ChartQuestion;

namespace ChwFhir.Chart;

/// <summary>What an overview asks the chart, all at once. US Core's searches first, then what Epic wants to stand beside the patient.</summary>
internal static class ChartQuestions
{
    // What SMART's care plans of health workers and Epic's longitudinal plans are found by, where a server asks for a category.
    private const string PlanCategories = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category|assess-plan,http://snomed.info/sct|38717003";
    private static readonly IReadOnlyList<KeyValuePair<string, string>> Newest = With(("_sort", "-date"));

    public static readonly ChartQuestion RelatedPersons = new("RelatedPerson", With());
    public static readonly ChartQuestion CareTeams = new("CareTeam", With(), With(("status", "active")));
    public static readonly ChartQuestion Episodes = new("EpisodeOfCare", With()) { IsExtra = true };
    public static readonly ChartQuestion Conditions = new("Condition", With(), With(("category", "problem-list-item")));
    public static readonly ChartQuestion MedicationRequests = new("MedicationRequest", With(), With(("intent", "order")));
    public static readonly ChartQuestion MedicationStatements = new("MedicationStatement", With()) { IsExtra = true };
    public static readonly ChartQuestion Allergies = new("AllergyIntolerance", With());
    public static readonly ChartQuestion Encounters = new("Encounter", Newest, With());
    public static readonly ChartQuestion Documents = new("DocumentReference", Newest, With(), With(("category", "clinical-note")));
    public static readonly ChartQuestion DirectiveDocuments = new("DocumentReference", With(("type", string.Join(',', DirectiveKinds.DocumentTypes.Select(code => $"http://loinc.org|{code}"))))) { IsExtra = true };
    public static readonly ChartQuestion Consents = new("Consent", With()) { IsExtra = true };
    public static readonly ChartQuestion DirectiveObservations = new("Observation", With(("code", string.Join(',', DirectiveKinds.ObservationCodes.Select(code => $"http://loinc.org|{code}"))))) { IsExtra = true };
    public static readonly ChartQuestion ServiceRequests = new("ServiceRequest", With());
    public static readonly ChartQuestion Tasks = new("Task", With()) { IsExtra = true };
    public static readonly ChartQuestion Goals = new("Goal", With());
    public static readonly ChartQuestion Plans = new("CarePlan", With(("category", PlanCategories)), With()) { TriesOnWhenEmpty = true };

    /// <summary>What is drawn over time.</summary>
    public static readonly ChartQuestion Measured = new("Observation", With(("code", SeriesKinds.Codes)), With(("category", "vital-signs,survey")), With(("category", "vital-signs")));

    /// <summary>Of the last year and to come.</summary>
    public static ChartQuestion Appointments(DateTimeOffset now) => new("Appointment", With(("date", $"ge{now.AddYears(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}")), With());
}
