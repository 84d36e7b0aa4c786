using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>A vital sign: final, one coding that has a flowsheet row, an open encounter, one short note; the same reading at the same instant is refused.</summary>
internal static class VitalSign
{
    private const int LongestNote = 254;
    private const string BloodPressure = "85354-9";
    private static readonly string[] Mapped = [BloodPressure, "8867-4", "9279-1", "8310-5", "59408-5", "2708-6", "29463-7", "8302-2"];
    private static readonly string[] Halves = ["8480-6", "8462-4"];
    private static readonly string[] Open = ["arrived", "in-progress", "triaged", "onleave"];

    public static JsonObject Read(JsonObject body, Session session, ServerAddress address)
    {
        if (body["status"].String() != "final")
            throw Numbers.RequiredInvalid("status is final.", "status");
        if (!body.At("category.coding").Any(coding => coding["code"].String() == "vital-signs"))
            throw Numbers.RequiredInvalid("Only vital signs can be filed.", "category");
        if (body.At("code.coding").ToList() is not [var coding] || coding["code"].String() is not { } code)
            throw Numbers.RequiredInvalid("Exactly one coding is expected.", "code");
        if (!Mapped.Contains(code))
            throw Numbers.Refused(400, "59188", null, "code");
        var patient = ChartReference.Patient(body, session, address);
        var encounter = ChartReference.Encounter(body["encounter"], patient.Id, session, address, "encounter");
        if (Json.Stored(encounter.Json)["status"].String() is not { } status || !Open.Contains(status))
            throw Numbers.BusinessRule("The encounter is not open.", "encounter");
        if (TimeRange.Read(body["effectiveDateTime"].String()) is not { } when)
            throw Numbers.RequiredMissing("effectiveDateTime is required.", "effectiveDateTime");
        CheckValue(body, code);
        if (body.At("note").Count() > 1 || body.At("note.text").Any(text => text.String()?.Length > LongestNote))
            throw Numbers.RequiredInvalid($"One note of at most {LongestNote} characters.", "note");
        if (IsFiled(session, patient.Id, code, when))
            throw Numbers.Refused(400, "59189", "The reading already exists.", "code/instant");
        var kept = body.DeepClone().AsObject();
        kept.Remove("identifier");
        kept.Remove("performer");
        return kept;
    }

    private static void CheckValue(JsonObject body, string code)
    {
        if (code != BloodPressure)
        {
            if (body["valueQuantity"]?["value"] is null)
                throw Numbers.RequiredMissing("valueQuantity is required.", "valueQuantity");
            return;
        }
        foreach (var half in Halves)
            if (!body["component"].Objects().Any(component => component.At("code.coding").Any(coding => coding["code"].String() == half) && component["valueQuantity"]?["value"] is not null))
                throw Numbers.RequiredMissing($"A component {half} is required.", "component");
    }

    private static bool IsFiled(Session session, string patient, string code, TimeRange when) => session.Sql.One("""
        SELECT 1 FROM resource r
        JOIN token t ON t.row = r.row AND t.param = 'code' AND t.value = $1
        JOIN date d ON d.row = r.row AND d.param = 'date' AND d.low = $2
        WHERE r.type = 'Observation' AND r.patient = $0 AND r.deleted = 0 LIMIT 1
        """, patient, code, when.Low) is not null;
}
