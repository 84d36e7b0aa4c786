using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>A vital sign: final, one coding that has a flowsheet row, an open encounter; the same reading at the same instant is refused.</summary>
internal static class VitalSign
{
    private static readonly string[] Mapped = ["85354-9", "8867-4", "9279-1", "8310-5", "59408-5", "2708-6", "29463-7", "8302-2"];
    private static readonly string[] Open = ["arrived", "in-progress", "triaged"];

    public static JsonObject Read(JsonObject body, Session session, ServerAddress address)
    {
        if (body["status"].String() != "final")
            throw Numbers.RequiredInvalid("status is final.", "status");
        if (!body.At("category.coding").Any(coding => coding["code"].String() == "vital-signs"))
            throw Numbers.RequiredInvalid("Only vital signs can be filed.", "category");
        var codings = body.At("code.coding").ToList();
        if (codings is not [var coding] || coding["code"].String() is not { } code)
            throw Numbers.RequiredInvalid("Exactly one coding is expected.", "code");
        if (!Mapped.Contains(code))
            throw Numbers.NoFlowsheetRow("code");
        var patient = ChartReference.Patient(body, session, address);
        var encounter = ChartReference.Encounter(body["encounter"], patient, session, address, "encounter");
        if (Json.Stored(encounter.Json)["status"].String() is not { } status || !Open.Contains(status))
            throw Numbers.BusinessRule("The encounter is not open.", "encounter");
        if (TimeRange.Read(body["effectiveDateTime"].String()) is not { } when)
            throw Numbers.RequiredMissing("effectiveDateTime is required.", "effectiveDateTime");
        if (IsFiled(session, patient, code, when))
            throw Numbers.AlreadyFiled();
        var kept = body.DeepClone().AsObject();
        kept.Remove("identifier");
        return kept;
    }

    private static bool IsFiled(Session session, string patient, string code, TimeRange when) => session.Sql.One("""
        SELECT 1 FROM resource r
        JOIN token t ON t.row = r.row AND t.param = 'code' AND t.value = $1
        JOIN date d ON d.row = r.row AND d.param = 'date' AND d.low = $2
        WHERE r.type = 'Observation' AND r.patient = $0 AND r.deleted = 0 LIMIT 1
        """, patient, code, when.Low) is not null;
}
