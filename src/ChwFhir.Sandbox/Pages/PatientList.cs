using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Pages;

/// <summary>Who is in the sandbox, with ways into each chart.</summary>
internal sealed class PatientList(Database database)
{
    private const int Shown = 200;
    private static readonly string[] Ways = ["Encounter", "DocumentReference", "CarePlan", "Goal", "Condition", "Communication", "Observation", "CareTeam"];

    public FhirAnswer Answer()
    {
        var patients = database.Read(session => session.Sql.All($"SELECT json, id FROM resource WHERE type = 'Patient' AND deleted = 0 ORDER BY row LIMIT {Shown}", row => (Json: row.GetString(0), Id: row.GetString(1))));
        var rows = new StringBuilder();
        foreach (var (json, id) in patients)
            rows.Append(Row(Json.Stored(json), id));
        var content = $"""
            <p>FHIR R4 base: <a href="{ServerAddress.Path}/metadata">{ServerAddress.Path}</a>. A browser gets these pages, a program gets JSON.</p>
            <table><thead><tr><th>Patient</th><th>Born</th><th>To know</th><th>In the chart</th></tr></thead><tbody>{rows}</tbody></table>
            """;
        return Page.Of(200, "Patients", content);
    }

    private static string Row(JsonObject patient, string id)
    {
        var name = patient["name"].Objects().FirstOrDefault() is { } first
            ? first["text"].String() ?? string.Join(' ', first.At("given").Select(part => part.String()).Append(first["family"].String()))
            : id;
        var ways = string.Concat(Ways.Select(type => $"""<a href="{ServerAddress.Path}/{type}?patient={Page.Encode(id)}">{type}</a>"""));
        return $"""<tr><td><a href="{ServerAddress.Path}/Patient/{Page.Encode(id)}">{Page.Encode(name)}</a></td><td>{Page.Encode(patient["birthDate"].String() ?? "")}</td><td>{Page.Encode(ToKnow(patient))}</td><td>{ways}</td></tr>""";
    }

    private static string ToKnow(JsonObject patient)
    {
        List<string> words = [];
        if (patient["deceasedDateTime"].String() is { } died)
            words.Add($"died {died[..Math.Min(10, died.Length)]}");
        if (patient.At("link").Any(link => link["type"].String() == "replaced-by"))
            words.Add("merged into another chart");
        if (patient.At("meta.security").Any(label => label["code"].String() is "R" or "V"))
            words.Add("restricted");
        if (patient.At("communication").FirstOrDefault(language => language["preferred"]?.ToString() == "true")?.At("language.text").FirstOrDefault().String() is { } language and not "English")
            words.Add($"speaks {language}");
        return string.Join(", ", words);
    }
}
