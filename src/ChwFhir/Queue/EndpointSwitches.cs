namespace ChwFhir.Queue;

/// <summary>Which EHRs a person has stopped.</summary>
internal static class EndpointSwitches
{
    public static EndpointSwitch? Of(Session session, string ehr) => session.Row(
        "SELECT turn, stopped, said_by, said_at, reason FROM endpoint_switch WHERE ehr_id = (SELECT id FROM ehr WHERE base_url = $1)",
        row => new EndpointSwitch(row.GetInt64(0), row.GetInt64(1) == 1, row.GetString(2), row.Time(3), row.Text(4)), ehr);

    /// <summary>A stop that is in force keeps the name and the time of who stopped it first.</summary>
    public static EndpointSwitch Turn(Session session, string ehr, bool stop, string by, string? reason)
    {
        session.Do(
            """
            INSERT INTO endpoint_switch (ehr_id, turn, stopped, said_by, said_at, reason) VALUES ($1, 1, $2, $3, $4, $5)
            ON CONFLICT (ehr_id) DO UPDATE SET turn = endpoint_switch.turn + 1, stopped = excluded.stopped, said_by = excluded.said_by,
                said_at = excluded.said_at, reason = excluded.reason
            WHERE endpoint_switch.stopped = 0 OR excluded.stopped = 0
            """,
            Ehrs.Keep(session, ehr), stop ? 1 : 0, by, session.Now, reason);
        return Of(session, ehr)!;
    }
}
