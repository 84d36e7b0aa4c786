using System.Text;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Delivery;

/// <summary>A note of nobody that says a little of everything: what is planned for it shows what the EHR takes. It is never sent.</summary>
internal static class CheckNote
{
    private const string Json = """
        {
          "id": "check", "patient": { "reference": "Patient/check" }, "author": { "reference": "Practitioner/check", "name": "Check" },
          "visit": { "kind": "home", "status": "completed", "start": "2026-01-02T10:00:00Z", "end": "2026-01-02T11:00:00Z",
            "participants": [ { "id": "c", "name": "Check", "relationship": "daughter", "role": "caregiver" } ] },
          "narrative": "Check.",
          "concerns": [ { "id": "food", "domain": "food-insecurity", "text": "Check" } ],
          "screenings": [ { "instrument": "hunger-vital-sign", "answers": [ { "item": "88122-7", "answer": "LA28397-0" } ] } ],
          "symptoms": [ { "symptom": "pain", "score": 2 } ],
          "vitals": [ { "kind": "oxygen-saturation", "value": 97, "unit": "%" } ],
          "goals": [ { "id": "g", "text": "Check", "steps": [ { "id": "s", "text": "Check", "who": "chw" } ] } ],
          "referrals": [ { "id": "r", "service": "utility-assistance" } ],
          "messages": [ { "id": "m", "to": ["nurse"], "text": "Check" } ],
          "attachments": [ { "id": "a", "title": "Check", "contentType": "image/png", "data": "iVBORw0KGgo=" } ]
        }
        """;

    private static readonly (string Key, string What)[] Parts =
    [
        ("note", "note"), ("encounter", "visit"), ("attachment", "photos, copies"), ("vital", "vital signs"), ("symptom", "symptoms"), ("screening", "screenings"), ("concern", "needs"),
        ("goal", "goals"), ("care-plan", "care plan"), ("referral", "referrals"), ("message", "messages"), ("caregiver", "caregivers"), ("provenance", "who wrote it"),
    ];

    public static MappedNote Map(MappingOptions options)
    {
        var read = (VisitNoteReading.Read)VisitNoteReader.Read(Encoding.UTF8.GetBytes(Json), new IntakeOptions());
        return NoteMapper.Map(read.Note, read.ContentHash, new ResolvedNote { Patient = "Patient/check", Author = "Practitioner/check" }, options);
    }

    /// <summary>The place of a part in the report, and what people call it.</summary>
    public static (int Place, string What) Part(string key)
    {
        var place = Array.FindIndex(Parts, part => part.Key == key.Split('/')[0]);
        return place < 0 ? (Parts.Length, key) : (place, Parts[place].What);
    }
}
