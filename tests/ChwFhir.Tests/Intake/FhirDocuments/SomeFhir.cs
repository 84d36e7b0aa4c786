using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Tests.Intake.FhirDocuments;

/// <summary>Small documents of our own as FHIR.</summary>
internal static class SomeFhir
{
    /// <summary>A document Bundle of Ngozi Okafor that says to eat less salt.</summary>
    public static byte[] Bundle() => Encoding.UTF8.GetBytes("""
        { "resourceType": "Bundle", "type": "document", "identifier": { "system": "urn:example:docs", "value": "b-9" }, "timestamp": "2026-11-03T15:30:00Z", "entry": [
          { "resource": { "resourceType": "Composition", "status": "final", "title": "Summary", "date": "2026-11-03", "type": { "text": "Summary" }, "subject": { "reference": "Patient/p" }, "author": [ { "display": "Jane Smith" } ],
            "section": [ { "title": "Diet", "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">Low salt</div>" } } ] } },
          { "resource": { "resourceType": "Patient", "id": "p", "identifier": [ { "system": "urn:oid:2.16.840.1.113883.19.5.1", "value": "E4007" } ], "name": [ { "family": "Okafor", "given": [ "Ngozi" ] } ], "birthDate": "1963-04-02" } } ] }
        """);

    /// <summary>A summary in the JSON of the contract.</summary>
    public static byte[] Json(string members = "") => Encoding.UTF8.GetBytes($$"""{ {{members}} "instructions": [ { "title": "Diet", "text": "Low salt" } ] }""");

    /// <summary>A DocumentReference that has nothing but what is inside, and the cover's subject.</summary>
    public static JsonNode Cover(string? contentType, byte[] inside, string subject = """{ "reference": "Patient/eXYZ" }""")
    {
        var cover = JsonNode.Parse($$"""
            { "resourceType": "DocumentReference", "status": "current", "subject": {{subject}},
              "contained": [ { "resourceType": "Patient", "id": "p", "name": [ { "family": "Okafor", "given": [ "Ngozi" ] } ], "birthDate": "1963-04-02" },
                             { "resourceType": "Patient", "id": "q", "name": [ { "family": "Other", "given": [ "Ngozi" ] } ], "birthDate": "1963-04-02" },
                             { "resourceType": "Patient", "id": "n", "identifier": [ { "system": "urn:oid:2.16.840.1.113883.19.5.1", "value": "E9999" } ] } ],
              "content": [ { "attachment": { "data": "{{Convert.ToBase64String(inside)}}" } } ] }
            """)!;
        if (contentType is not null)
            cover["content"]![0]!["attachment"]!["contentType"] = contentType;
        return cover;
    }

    public static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
