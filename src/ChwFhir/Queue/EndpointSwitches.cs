using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Which EHRs a person has stopped.</summary>
internal static class EndpointSwitches
{
    public static EndpointSwitch? Of(Session session, string ehr) => session.Row(
        "SELECT turn, stopped, said_by, said_at, reason, ehr_id FROM endpoint_switch WHERE ehr_id = (SELECT id FROM ehr WHERE base_url = $1)",
        row => new EndpointSwitch(row.GetInt64(0), row.GetInt64(1) == 1, row.TextIfItOpens(2, Secret.Person) ?? Notes.Unreadable, row.Time(3), row.TextIfItOpens(4, Secret.Reason, RowName.Switch(row.GetInt64(5)))), ehr);

    /// <summary>A stop that is in force keeps the name and the time of who stopped it first.</summary>
    public static EndpointSwitch Turn(Session session, string ehr, bool stop, string by, string? reason)
    {
        var id = Ehrs.Keep(session, ehr);
        session.Do(
            """
            INSERT INTO endpoint_switch (ehr_id, turn, stopped, said_by, said_at, reason) VALUES ($1, 1, $2, $3, $4, $5)
            ON CONFLICT (ehr_id) DO UPDATE SET turn = endpoint_switch.turn + 1, stopped = excluded.stopped, said_by = excluded.said_by,
                said_at = excluded.said_at, reason = excluded.reason
            WHERE endpoint_switch.stopped = 0 OR excluded.stopped = 0
            """,
            id, stop ? 1 : 0, Secret.Person.Of(by), session.Now, Secret.Reason.Of(reason, RowName.Switch(id)));
        return Of(session, ehr)!;
    }
}
