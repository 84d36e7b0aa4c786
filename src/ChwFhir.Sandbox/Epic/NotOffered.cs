using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Epic;

/// <summary>What is not there at all, or not for this client: the refusals come from the web server in front and carry no FHIR.</summary>
internal static class NotOffered
{
    private static readonly string[] Creates = ["DocumentReference", "Observation", "Condition"];

    // The statement says that they can be created, and some clients can: not this one.
    private static readonly string[] OtherClientsOnly = ["AllergyIntolerance", "BodyStructure", "Communication", "Patient", "Procedure", "QuestionnaireResponse", "ServiceRequest", "Task"];
    private static readonly string[] ReadOnly = ["Encounter", "CarePlan", "CareTeam", "Goal", "Consent", "EpisodeOfCare", "RelatedPerson", "Practitioner", "PractitionerRole", "Organization", "Location"];

    public static FhirAnswer? Answer(FhirRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", []) => NotFoundPage,
        ("GET" or "HEAD", [_, _, "_history", ..]) => NotFoundPage,
        (_, _) when request.IsRead => null,
        ("POST", [var type]) when Creates.Contains(type) => null,
        ("POST", [var type]) when OtherClientsOnly.Contains(type) => new(403) { WwwAuthenticate = "Bearer error=\"insufficient_scope\", error_description=\"The access token provided is valid, but is not authorized for this service\"" },
        ("POST", [var type]) when ReadOnly.Contains(type) => new(403),
        ("POST", _) => NotFoundPage,
        _ => new(405) { Allow = "GET" }
    };

    private static FhirAnswer NotFoundPage => new(404, """
        <!DOCTYPE html>
        <html><head><title>404 - Not found</title></head>
        <body><h1>Server Error</h1><h2>404 - Not found</h2><p>There is nothing at this address.</p></body></html>
        """)
    { ContentType = "text/html" };
}
