using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Epic;

/// <summary>What is not there at all, or not for this client: the refusals come from the web server in front and carry no FHIR.</summary>
internal static class NotOffered
{
    private static readonly string[] Creates = ["DocumentReference", "Observation", "Condition", "QuestionnaireResponse"];

    // Whoever tries these is told that the interaction is not there; the others say nothing at all.
    private static readonly string[] ReadOnlyAndSaid = ["Encounter", "MedicationRequest"];

    public static FhirAnswer? Answer(FhirRequest request)
    {
        if (request.Segments is not [var type, ..])
            return NotFoundPage;
        if (!Offer.IsStated(type))
            return NotFoundPage;
        return (request.Method, request.Segments) switch
        {
            ("GET" or "HEAD", [_, _, "_history", ..] or [_, "_history"]) => NotFoundPage,
            ("GET" or "POST", ["ValueSet", "$expand"] or ["ValueSet", _, "$expand"]) => null,
            (_, [_] or [_, "_search"]) when request.IsRead && !Offer.IsSearched(type) => NotFoundPage,
            (_, _) when request.IsRead && !Offer.IsOnThisClient(type) => NotForThisClient,
            (_, [_] or [_, "_search"] or [_, _]) when request.IsRead => null,
            ("POST", [_]) when Creates.Contains(type) => null,
            ("POST", [_]) when Offer.Creates.Contains(type) => NotForThisClient,
            ("POST", [_]) when ReadOnlyAndSaid.Contains(type) => new(405) { Allow = "GET" },
            ("POST", [_]) when Offer.IsSearched(type) => new(403),
            ("PUT", [_, _]) when Offer.Updates.Contains(type) => NotForThisClient,
            ("POST", _) => NotFoundPage,
            _ => new(405) { Allow = "GET" }
        };
    }

    private static FhirAnswer NotForThisClient => new(403)
    {
        WwwAuthenticate = "Bearer error=\"insufficient_scope\", error_description=\"The access token provided is valid, but is not authorized for this service\""
    };

    private static FhirAnswer NotFoundPage => new(404, """
        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
        <html xmlns="http://www.w3.org/1999/xhtml">
        <head><title>404 - Not found.</title></head>
        <body><div id="header"><h1>Server Error</h1></div><div id="content"><fieldset><h2>404 - Not found.</h2><h3>There is nothing at this address.</h3></fieldset></div></body>
        </html>
        """)
    { ContentType = "text/html" };
}
