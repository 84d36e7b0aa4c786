namespace ChwFhir.Tests.Chart;

/// <summary>Resources of one patient's chart, with no more in them than a test speaks of.</summary>
internal static class SomeResource
{
    private const string Subject = "\"subject\":{\"reference\":\"Patient/rosa\"}";

    public static string Patient(string more = "") => Of("Patient", "rosa", $$"""
        "name":[{"use":"official","family":"Maldonado","given":["Rosa","Elena"]}],"gender":"female","birthDate":"1963-04-02"{{more}}
        """);

    public static string Condition(string id, string text, string status = "active", string more = "") => Of("Condition", id, $$"""
        "clinicalStatus":{"coding":[{"code":"{{status}}"}]},"verificationStatus":{"coding":[{"code":"confirmed"}]},"code":{"text":"{{text}}"},{{Subject}}{{more}}
        """);

    public static string Medicine(string id, string text, string status = "active", string more = "") => Of("MedicationRequest", id, $$"""
        "status":"{{status}}","intent":"order","medicationCodeableConcept":{"text":"{{text}}"},{{Subject}}{{more}}
        """);

    public static string Allergy(string id, string code, string text, string more = "") => Of("AllergyIntolerance", id, $$"""
        "clinicalStatus":{"coding":[{"code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"{{code}}"}],"text":"{{text}}"},"patient":{"reference":"Patient/rosa"}{{more}}
        """);

    public static string Encounter(string id, string kind, string start, string? end, string more = "") => Of("Encounter", id, $$"""
        "status":"finished","class":{"code":"{{kind}}"},"period":{"start":"{{start}}" {{End(end)}} },{{Subject}}{{more}}
        """);

    public static string Appointment(string id, string status, string start, string text) => Of("Appointment", id, $$"""
        "status":"{{status}}","start":"{{start}}","appointmentType":{"text":"{{text}}"},"participant":[{"actor":{"reference":"Patient/rosa"} },{"actor":{"reference":"Practitioner/lin","display":"Dr. Lin"} }]
        """);

    public static string Goal(string id, string text, string status, string more = "") => Of("Goal", id, $$"""
        "lifecycleStatus":"{{status}}","description":{"text":"{{text}}"},{{Subject}}{{more}}
        """);

    private static string End(string? end) => end is null ? "" : $",\"end\":\"{end}\"";

    public static string Of(string type, string id, string members) => $$"""{"resourceType":"{{type}}","id":"{{id}}",{{members.Trim()}}}""";
}
