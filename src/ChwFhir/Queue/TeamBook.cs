using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Who is of the team, who of them is away, and who covers.</summary>
internal static class TeamBook
{
    public static void Keep(Session session, string baseUrl, StaffRow person)
    {
        var ehr = Ehrs.Keep(session, baseUrl);
        session.Do(
        """
        INSERT INTO staff (ehr_id, self, name, roles, seen_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (ehr_id, self) DO UPDATE SET name = excluded.name, roles = excluded.roles, seen_at = excluded.seen_at
        """,
        ehr, Secret.Person.Of(person.Self), Secret.PersonsName.Of(person.Name, RowName.Staff(ehr, person.Self)), Columns.Json(person.Roles), session.Here);
    }

    public static IReadOnlyList<StaffRow> Staff(Session session, string baseUrl) => Ehrs.Find(session, baseUrl) is not { } ehr ? [] : session.Rows(
        "SELECT self, name, roles, seen_at FROM staff WHERE ehr_id = $1", row => Staff(row, ehr), ehr).OfType<StaffRow>().ToList();

    // Of somebody who cannot be read it is as if they had not come in: they do again.
    private static StaffRow? Staff(StoreRow row, long ehr) =>
        row.TextIfItOpens(0, Secret.Person) is { } self && row.TextIfItOpens(1, Secret.PersonsName, RowName.Staff(ehr, self)) is { } name ? new StaffRow(self, name, row.Keys(2), row.Time(3)) : null;

    /// <summary>Those who are away or will be.</summary>
    public static IReadOnlyList<AwayRow> Away(Session session, string baseUrl) => Ehrs.Find(session, baseUrl) is not { } ehr ? [] : session.Rows(
        "SELECT id, who, cover, roles, from_at, until_at FROM away WHERE ehr_id = $1 AND until_at > $2 ORDER BY from_at, id",
        row => row.TextIfItOpens(1, Secret.Person) is { } who && row.TextIfItOpens(2, Secret.Person) is { } cover ? new AwayRow(row.GetInt64(0), who, cover, row.Keys(3), row.Time(4), row.Time(5)) : null, ehr, session.Here)
        .OfType<AwayRow>().ToList();

    public static void SayAway(Session session, string baseUrl, AwayRow away) => session.Do(
        "INSERT INTO away (ehr_id, who, cover, roles, from_at, until_at, said_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        Ehrs.Keep(session, baseUrl), Secret.Person.Of(away.Who), Secret.Person.Of(away.Cover), Columns.Json(away.Roles), away.From.Milliseconds(), away.Until.Milliseconds(), session.Here);

    /// <summary>They are back, or do not go: what was covered until now stays known.</summary>
    public static bool EndAway(Session session, string baseUrl, string who, long id) => Ehrs.Find(session, baseUrl) is { } ehr
        && session.Execute("UPDATE away SET until_at = $4 WHERE ehr_id = $1 AND who = $2 AND id = $3 AND until_at > $4", ehr, Secret.Person.Of(who), id, session.Here) == 1;
}
