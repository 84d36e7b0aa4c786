using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Smart;

/// <summary>What the pages need to know of the store: who works here, and whose charts a user may open.</summary>
internal sealed class Charts(Database database)
{
    private const int Shown = 200;
    private const string Open = "r.type = 'Patient' AND r.deleted = 0 AND r.restricted = 0";

    /// <summary>The users whose Practitioner is in the store, with their names.</summary>
    public IReadOnlyList<(SandboxUser User, string Name)> Users() =>
        [.. SandboxUser.All.Select(user => (user, NameOf("Practitioner", user.Id))).Where(pair => pair.Item2 is not null).Select(pair => (pair.user, pair.Item2!))];

    public string? NameOf(string type, string id) => database.Read(session => session.Find(type, id)) is { Deleted: false } found ? Name(Json.Stored(found.Json)) : null;

    /// <summary>Those whose charts the user may open, as many as a page shows, and how many there are.</summary>
    /// <param name="sought">Words that all stand in name, birth date or numbers, whatever their accents; null for everybody.</param>
    public (IReadOnlyList<JsonObject> Shown, int All) PatientsOf(SandboxUser user, string? sought = null) => database.Read(session =>
    {
        var where = new Where();
        where.And($"{Open} AND {ReachOf(user).Condition(where)}");
        string[] words = [.. Folding.Fold(sought ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var found = session.Sql.All($"SELECT r.json FROM resource r WHERE {where} ORDER BY r.row", row => Json.Stored(row.GetString(0)), where.Values).Where(patient => IsFoundBy(patient, words)).ToList();
        return ((IReadOnlyList<JsonObject>)[.. found.Take(Shown)], found.Count);
    });

    /// <summary>Null when the chart is not there or restricted.</summary>
    public JsonObject? Patient(string id) => database.Read(session => session.Find("Patient", id)) is { Deleted: false, Restricted: false } found ? Json.Stored(found.Json) : null;

    public bool IsRestricted(string id) => database.Read(session => session.Find("Patient", id)) is { Deleted: false, Restricted: true };

    /// <summary>Whether the user may open this chart.</summary>
    public bool IsOpen(SandboxUser user, string patient) =>
        database.Read(session => session.Find("Patient", patient) is { Deleted: false, Restricted: false } && ReachOf(user).Holds(session, "Patient", patient));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JsonObject> EncountersOf(string patient) => database.Read(session => session.Sql.All($"""
        SELECT r.json FROM resource r WHERE r.type = 'Encounter' AND r.patient = $0 AND r.deleted = 0 AND r.held = 0
        ORDER BY json_extract(r.json, '$.period.start') DESC LIMIT {Shown}
        """, row => Json.Stored(row.GetString(0)), patient));

    public bool IsEncounterOf(string patient, string encounter) =>
        database.Read(session => session.Find("Encounter", encounter)) is { Deleted: false, Held: false } found && found.Patient == patient;

    public static string Name(JsonObject person) => person["name"].Objects().FirstOrDefault() is { } first
        ? first["text"].String() ?? string.Join(' ', first.At("given").Select(part => part.String()).Append(first["family"].String()))
        : person["id"].String() ?? "";

    private static bool IsFoundBy(JsonObject patient, string[] words)
    {
        if (words.Length == 0)
            return true;
        var text = Folding.Fold($"{Name(patient)} {patient["birthDate"].String()} {string.Join(' ', patient.At("identifier.value").Select(value => value.String()))}");
        return words.All(word => text.Contains(word, StringComparison.Ordinal));
    }

    private static Reach ReachOf(SandboxUser user) => user.SeesEveryone ? Reach.Everything : new Reach(null, user.Id, IsReading: true);
}
