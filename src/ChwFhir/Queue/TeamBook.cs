namespace ChwFhir.Queue;

/// <summary>Who is of the team, who of them is away, and who covers.</summary>
internal static class TeamBook
{
    public static void Keep(Session session, string baseUrl, StaffRow person) => session.Do(
        """
        INSERT INTO staff (ehr_id, self, name, roles, seen_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (ehr_id, self) DO UPDATE SET name = excluded.name, roles = excluded.roles, seen_at = excluded.seen_at
        """,
        Ehrs.Keep(session, baseUrl), person.Self, person.Name, Columns.Json(person.Roles), session.Here);

    public static IReadOnlyList<StaffRow> Staff(Session session, string baseUrl) => Ehrs.Find(session, baseUrl) is not { } ehr ? [] : session.Rows(
        "SELECT self, name, roles, seen_at FROM staff WHERE ehr_id = $1", row => new StaffRow(row.GetString(0), row.GetString(1), row.Keys(2), row.Time(3)), ehr);

    /// <summary>Those who are away or will be.</summary>
    public static IReadOnlyList<AwayRow> Away(Session session, string baseUrl) => Ehrs.Find(session, baseUrl) is not { } ehr ? [] : session.Rows(
        "SELECT id, who, cover, roles, from_at, until_at FROM away WHERE ehr_id = $1 AND until_at > $2 ORDER BY from_at, id",
        row => new AwayRow(row.GetInt64(0), row.GetString(1), row.GetString(2), row.Keys(3), row.Time(4), row.Time(5)), ehr, session.Here);

    public static void SayAway(Session session, string baseUrl, AwayRow away) => session.Do(
        "INSERT INTO away (ehr_id, who, cover, roles, from_at, until_at, said_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        Ehrs.Keep(session, baseUrl), away.Who, away.Cover, Columns.Json(away.Roles), away.From.Milliseconds(), away.Until.Milliseconds(), session.Here);

    /// <summary>They are back, or do not go: what was covered until now stays known.</summary>
    public static bool EndAway(Session session, string baseUrl, string who, long id) => Ehrs.Find(session, baseUrl) is { } ehr
        && session.Execute("UPDATE away SET until_at = $4 WHERE ehr_id = $1 AND who = $2 AND id = $3 AND until_at > $4", ehr, who, id, session.Here) == 1;
}
