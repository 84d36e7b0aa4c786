using System.Text.Json.Nodes;

namespace ChwFhir.Tests.WriteBack;

/// <summary>Fresh visit notes: small, with what lives across visits.</summary>
internal static class SomeVisit
{
    public static JsonObject Note(string id = "n1", int day = 3, string step = "s1", string status = "scheduled", string patient = "Patient/p1") => JsonNode.Parse($$"""
        {
          "id": "{{id}}", "patient": { "reference": "{{patient}}" }, "author": { "reference": "Practitioner/chw-1", "name": "Rosa Delgado", "phone": "555-0142" },
          "programme": { "id": "impact-2026", "name": "IMPaCT", "start": "2026-03-01", "end": "2026-12-01" },
          "visit": { "kind": "home", "start": "2026-11-{{day:00}}T14:05:00-05:00", "end": "2026-11-{{day:00}}T15:10:00-05:00" },
          "narrative": "We talked at the kitchen table.",
          "concerns": [ { "id": "food", "domain": "food-insecurity", "text": "Food runs out by the third week" } ],
          "goals": [ { "id": "garden", "text": "Sit in the garden again", "wordsOf": "patient", "addresses": ["food"], "steps": [ { "id": "{{step}}", "text": "Step {{step}}", "who": "chw", "status": "{{status}}" } ] } ],
          "messages": [ { "id": "m1", "to": ["nurse"], "text": "Please call about the ramp" } ]
        }
        """)!.AsObject();
}
