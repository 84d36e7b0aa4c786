using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Epic;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Pages;

/// <summary>Who is in the sandbox, with ways into each chart.</summary>
/// <param name="isStrict">Some searches need a companion there.</param>
internal sealed class PatientList(Database database, bool isStrict)
{
    private const int Shown = 200;
    private static readonly (string Type, string Word)[] Ways =
    [
        ("Encounter", "visits"), ("DocumentReference", "notes"), ("CarePlan", "care plans"), ("Goal", "goals"), ("Condition", "problems"), ("MedicationRequest", "medicines"),
        ("Observation", "observations"), ("QuestionnaireResponse", "screenings"), ("ServiceRequest", "referrals"), ("Task", "tasks"), ("Communication", "messages"),
        ("RelatedPerson", "family"), ("CareTeam", "care team"), ("Appointment", "appointments")
    ];

    private static readonly Dictionary<string, string> Companions = new()
    {
        ["Observation"] = "&category=vital-signs,survey,social-history,laboratory,exam,functional-status,disability-status,sdoh,therapy,activity,imaging,procedure",
        ["CarePlan"] = "&category=assess-plan,38717003,734163000,736271009,736353004,738906000,736378000,719091000000102",
        ["DocumentReference"] = "&category=clinical-note",
    };

    /// <summary>Links to what is in one chart.</summary>
    public string WaysInto(string patient) => Links(patient, database.Read(session =>
        session.Sql.All("SELECT type, count(*) FROM resource WHERE patient = $0 AND deleted = 0 AND held = 0 GROUP BY type", row => (Key: (patient, row.GetString(0)), Count: row.GetInt32(1)), patient).ToDictionary(pair => pair.Key, pair => pair.Count)));

    public FhirAnswer Answer()
    {
        var (patients, counts) = database.Read(session => (
            session.Sql.All($"SELECT json, id FROM resource WHERE type = 'Patient' AND deleted = 0 ORDER BY row LIMIT {Shown}", row => (Json: row.GetString(0), Id: row.GetString(1))),
            session.Sql.All("SELECT patient, type, count(*) FROM resource WHERE patient IS NOT NULL AND deleted = 0 AND held = 0 GROUP BY patient, type", row => (Key: (row.GetString(0), row.GetString(1)), Count: row.GetInt32(2)))
                .ToDictionary(pair => pair.Key, pair => pair.Count)));
        var rows = new StringBuilder();
        foreach (var (json, id) in patients)
            rows.Append(Row(Json.Stored(json), id, counts));
        var content = $"""
            <p>FHIR R4 base: <a href="{ServerAddress.Path}/metadata">{ServerAddress.Path}</a>. A browser gets these pages, a program gets JSON.</p>
            <table><thead><tr><th>Patient</th><th>Born</th><th>To know</th><th>In the chart</th></tr></thead><tbody>{rows}</tbody></table>
            """;
        return Page.Of(200, "Patients", content);
    }

    private string Row(JsonObject patient, string id, Dictionary<(string, string), int> counts)
    {
        var name = patient["name"].Objects().FirstOrDefault() is { } first
            ? first["text"].String() ?? string.Join(' ', first.At("given").Select(part => part.String()).Append(first["family"].String()))
            : id;
        var closed = IsRestricted(patient);
        var ways = closed ? "" : Links(id, counts);
        return $"""<tr><td><a href="{(closed ? $"{ServerAddress.Path}/Patient/{Page.Encode(id)}" : Page.Encode(ChartPages.Of(id)))}">{Page.Encode(name)}</a></td><td class="born">{Page.Encode(patient["birthDate"].String() ?? "")}</td><td>{Page.Encode(ToKnow(patient))}</td><td>{ways}</td></tr>""";
    }

    private string Links(string id, Dictionary<(string, string), int> counts) => string.Concat(Ways.Where(way => counts.ContainsKey((id, way.Type)))
        .Select(way => $"""<a href="{ServerAddress.Path}/{way.Type}?patient={Page.Encode(id)}{(isStrict ? Companions.GetValueOrDefault(way.Type) : null)}">{way.Word} {counts[(id, way.Type)]}</a> """));

    private static bool IsRestricted(JsonObject patient) => patient.At("meta.security").Any(label => label["code"].String() is "R" or "V");

    private static string ToKnow(JsonObject patient)
    {
        List<string> words = [];
        if (patient["deceasedDateTime"].String() is { } died)
            words.Add($"died {died[..Math.Min(10, died.Length)]}");
        if (patient.At("link").Any(link => link["type"].String() == "replaced-by"))
            words.Add("merged into another chart");
        if (IsRestricted(patient))
            words.Add("restricted");
        words.AddRange(patient.At("meta.tag").Where(tag => tag["system"].String() == ChartState.System).Select(tag => tag["code"].String()!.Replace('-', ' ')));
        if (patient.At("communication").FirstOrDefault(language => language["preferred"]?.ToString() == "true")?.At("language.text").FirstOrDefault().String() is { } language and not "English")
            words.Add($"speaks {language}");
        return string.Join(", ", words);
    }
}
