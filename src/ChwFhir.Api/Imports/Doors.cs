namespace ChwFhir.Api.Imports;

/// <summary>The path of each kind of document.</summary>
internal static class Doors
{
    public static string Of(string kind) => kind switch
    {
        "after-visit-summary" => "after-visit-summaries",
        "questionnaire-response" => "questionnaire-responses",
        _ => "visit-notes",
    };
}
