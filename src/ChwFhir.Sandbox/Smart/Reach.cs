using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Smart;

/// <summary>
/// A part of the store as a condition of SQL, so that a search, its total, its pages and a read by id are held to one and the same rule.
/// </summary>
/// <param name="Patient">The chart of this patient.</param>
/// <param name="CareTeamOf">The charts of everybody in whose care team this practitioner is.</param>
/// <param name="IsReading">What belongs to nobody's chart (staff, places, forms) may be looked at, never changed.</param>
internal sealed record Reach(string? Patient, string? CareTeamOf, bool IsReading)
{
    public static readonly Reach Everything = new(null, null, false);

    private const string Common = "'Practitioner', 'PractitionerRole', 'Organization', 'Location', 'HealthcareService', 'Endpoint', 'Medication', 'Questionnaire', 'ValueSet', 'CodeSystem', 'StructureDefinition', 'Measure', 'Schedule', 'Slot'";

    private const string Targets = "SELECT 1 FROM ref f JOIN resource t ON t.type = f.target_type AND t.id = f.target WHERE f.row = r.row AND t.patient IS NOT NULL";

    public bool IsEverything => Patient is null && CareTeamOf is null;

    /// <summary>Whether what stands there, or stood there before it was deleted, is within reach.</summary>
    public bool Holds(Session session, string type, string id)
    {
        if (IsEverything)
            return true;
        var where = new Where();
        where.And($"r.type = {where.Value(type)} AND r.id = {where.Value(id)} AND {Condition(where)}");
        return session.Sql.One($"SELECT 1 FROM resource r WHERE {where}", where.Values) is not null;
    }

    /// <summary>Refuses alike what is out of reach and what is not there: otherwise the answer would tell which ids exist in other charts.</summary>
    public void Require(Session session, string type, string id)
    {
        if (Holds(session, type, id) || (IsReading && Common.Contains($"'{type}'", StringComparison.Ordinal)))
            return;
        throw Access.Insufficient();
    }

    /// <summary>The condition on a row <c>r</c> of the resources.</summary>
    public string Condition(Where where)
    {
        if (IsEverything)
            return "1";
        var own = $"""
            ({In("r.patient", where)}
             OR (r.type = 'Binary' AND r.deleted = 0 AND {In("substr(json_extract(r.json, '$.securityContext.reference'), 9)", where)} AND json_extract(r.json, '$.securityContext.reference') LIKE 'Patient/%')
             OR (r.type = 'Provenance' AND r.patient IS NULL AND EXISTS ({Targets} AND f.param = 'target') AND NOT EXISTS ({Targets} AND f.param = 'target' AND NOT {In("t.patient", where)})))
            """;
        return IsReading ? $"({own} OR (r.patient IS NULL AND r.type IN ({Common})))" : $"({own} AND NOT EXISTS ({Targets} AND NOT {In("t.patient", where)}))";
    }

    private string In(string column, Where where)
    {
        List<string> circles = [];
        if (Patient is not null)
            circles.Add($"{column} = {where.Value(Patient)}");
        if (CareTeamOf is not null)
            circles.Add($"""
                {column} IN (SELECT c.patient FROM ref m JOIN resource c ON c.row = m.row
                  WHERE m.type = 'CareTeam' AND m.param = 'participant' AND m.target_type = 'Practitioner' AND m.target = {where.Value(CareTeamOf)} AND c.deleted = 0 AND c.patient IS NOT NULL)
                """);
        return $"coalesce({string.Join(" OR ", circles)}, 0)";
    }
}
