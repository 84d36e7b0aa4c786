using System.Text;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>A document whose custodian is the EHR's own organisation is there already; one of another hospital of the same name is not.</summary>
internal sealed class When_the_EHR_keeps_the_original
{
    [TestCase("""{ "reference": "#o" }""", "urn:npi", "1", "Another Name", ExpectedResult = "existing", TestName = "Its number")]
    [TestCase("""{ "reference": "#o" }""", "urn:npi", "2", "Good Health", ExpectedResult = "written", TestName = "Another number under its name")]
    [TestCase("""{ "reference": "#o" }""", "urn:oid:1.2", "2", "Good Health", ExpectedResult = "existing", TestName = "Its name where there is no number to compare")]
    [TestCase("""{ "reference": "#o" }""", "urn:oid:1.2", "2", "Another Name", ExpectedResult = "written", TestName = "Another name")]
    [TestCase("""{ "reference": "https://ehr.example/fhir/Organization/o1" }""", "", "", "", ExpectedResult = "existing", TestName = "Its reference")]
    [TestCase("""{ "reference": "https://other.example/fhir/Organization/o1" }""", "", "", "", ExpectedResult = "written", TestName = "A reference into another EHR")]
    [TestCase("""{ "reference": "Organization/o1" }""", "", "", "", ExpectedResult = "written", TestName = "A reference that does not say where")]
    public async Task<string?> Who_keeps_it_is_told_by(string custodian, string system, string value, string name)
    {
        var ehr = new ScriptedEhr();
        ehr.Put("""{"resourceType":"Patient","id":"p2","active":true,"birthDate":"1950-01-01","name":[{"family":"Bell","given":["Walter"]}],"managingOrganization":{"reference":"Organization/o1","display":"Good Health"}}""");
        ehr.Put("""{"resourceType":"Organization","id":"o1","name":"Good Health","identifier":[{"system":"urn:npi","value":"1"}]}""");
        await using var service = TheService.Over(ehr);
        var document = $$"""
            { "resourceType": "DocumentReference", "status": "current", "masterIdentifier": { "system": "urn:docs", "value": "d9" }, "subject": { "reference": "Patient/p2" }, "custodian": {{custodian}},
              "contained": [ { "resourceType": "Organization", "id": "o", "name": "{{name}}", "identifier": [ { "system": "{{system}}", "value": "{{value}}" } ] } ],
              "content": [ { "attachment": { "contentType": "text/plain", "data": "{{Convert.ToBase64String("Diet: Low salt"u8)}}" } } ] }
            """;

        await service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, Encoding.UTF8.GetBytes(document), new SentAs("application/fhir+json"), default);
        await service.WorkAsync();

        return (await service.StatusAsync("d9")).Resources.Single(resource => resource.Key == "note").State;
    }
}
