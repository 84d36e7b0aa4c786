using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.AfterVisitSummaries;

/// <summary>Hands summaries in over real HTTP, and waits for what becomes of them.</summary>
internal static class Handing
{
    private const string Door = "/api/v1/after-visit-summaries";

    public static byte[] Sample(string name) => File.ReadAllBytes(Repository.Path("samples", "after-visit-summaries", name));

    public static Task<(int Status, string Body)> HandInAsync(this Town town, string text, string contentType, params (string Name, string Value)[] headers) => town.HandInAsync(Encoding.UTF8.GetBytes(text), contentType, headers);

    public static async Task<(int Status, string Body)> HandInAsync(this Town town, byte[] body, string contentType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, headers.Any(header => header.Name == "preview") ? $"{Door}/preview" : Door) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers.Where(header => header.Name != "preview"))
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await town.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static async Task<JsonObject> SummaryAsync(this Town town, string id) => (await town.Http.GetFromJsonAsync<JsonObject>($"{Door}/{id}"))!;

    /// <summary>The status once nothing more is under way.</summary>
    public static async Task<JsonObject> SettledSummaryAsync(this Town town, string id)
    {
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var status = await town.SummaryAsync(id);
            if ((string?)status["state"] is not ("queued" or "writing"))
                return status;
            over.Token.ThrowIfCancellationRequested();
            await Task.Delay(50);
        }
    }

    public static async Task<(int Status, string Body)> DoAsync(this Town town, string id, string what, string json = "{}")
    {
        using var content = new StringContent(json, null, "application/json");
        using var answer = await town.Http.PostAsync($"{Door}/{id}/{what}", content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static JsonNode Resource(this JsonObject status, string key) => status["resources"]!.AsArray().Single(resource => (string?)resource!["key"] == key)!;

    public static IEnumerable<string?> Codes(this JsonObject status) => status["issues"]!.AsArray().Select(issue => (string?)issue!["code"]);

    /// <summary>A C-CDA of Walter Bailey, or of whoever it is said to be.</summary>
    public static string Cda(string id, string number = "100472", string family = "Bailey", string given = "Walter", string birth = "19550119", string custodian = "Good Health Hospital", string root = "2.16.840.1.113883.19.5.90.1") => $"""
        <ClinicalDocument xmlns="urn:hl7-org:v3">
          <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
          <templateId root="2.16.840.1.113883.10.20.22.1.1"/>
          <id root="2.16.840.1.113883.19.5.77" extension="{id}"/>
          <code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summary of episode note"/>
          <title>Visit summary</title>
          <effectiveTime value="20261019110500-0400"/>
          <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
          <recordTarget><patientRole><id root="{root}" extension="{number}"/>
            <patient><name><given>{given}</given><family>{family}</family></name><birthTime value="{birth}"/></patient></patientRole></recordTarget>
          <author><time value="20261019110500-0400"/><assignedAuthor><id root="2.16.840.1.113883.4.6" extension="1999999999"/><assignedPerson><name><given>Nora</given><family>Quill</family></name></assignedPerson></assignedAuthor></author>
          <custodian><assignedCustodian><representedCustodianOrganization><id root="2.16.840.1.113883.19.5.9"/><name>{custodian}</name></representedCustodianOrganization></assignedCustodian></custodian>
          <component><structuredBody><component><section>
            <code code="69730-0" codeSystem="2.16.840.1.113883.6.1"/><title>Instructions</title><text><paragraph>Less salt: no canned soup.</paragraph></text>
          </section></component></structuredBody></component>
        </ClinicalDocument>
        """;
}
