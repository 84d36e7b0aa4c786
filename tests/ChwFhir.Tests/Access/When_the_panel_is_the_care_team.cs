using ChwFhir.Access;
using ChwFhir.Tests.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.Access;

internal sealed class When_the_panel_is_the_care_team
{
    private static readonly Caller Chw = new("chw", "chw", new HashSet<Role> { Role.Chw }, "Practitioner/chw-1", CallerKind.Token, null);

    [Test]
    public async Task Where_the_EHR_searches_by_participant_their_patients_are_those_of_their_teams()
    {
        await using var service = TheService.Over(new ScriptedEhr { AlsoSearchedBy = ["CareTeam.participant"] }, ("Auth:Panel", "careteam"));
        OnTeam(service, "p1", "active");
        OnTeam(service, "p2", "inactive");

        var patients = await service.Part<PatientAccess>().PatientsAsync(Chw, default);

        Assert.That(patients.Patients, Is.EquivalentTo(new[] { "Patient/p1" }));
    }

    [Test]
    public async Task Elsewhere_they_are_the_patients_of_their_own_notes_and_one_who_is_asked_for_by_the_patients_own_team()
    {
        await using var service = TheService.Over(new ScriptedEhr { NotDeclared = ["CareTeam.search-type"] }, ("Auth:Panel", "careteam"));
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        OnTeam(service, "p2", "active");

        var access = service.Part<PatientAccess>();

        using var together = Assert.EnterMultipleScope();
        Assert.That((await access.PatientsAsync(Chw, default)).Patients, Is.EquivalentTo(new[] { "Patient/p1" }));
        Assert.That(await access.MayReadAsync(Chw, "Patient/p1", default), Is.EqualTo(PatientAnswer.Yes));
        Assert.That(await access.MayReadAsync(Chw, "Patient/p2", default), Is.EqualTo(PatientAnswer.Yes));
        Assert.That(await access.MayReadAsync(Chw, "Patient/p3", default), Is.EqualTo(PatientAnswer.NotInPanel));
    }

    [Test]
    public async Task A_server_that_leaves_the_parameter_out_gives_nobody_all_patients()
    {
        await using var service = TheService.Over(new ScriptedEhr { AlsoSearchedBy = ["CareTeam.participant"] }, ("Auth:Panel", "careteam"));
        service.Ehr.Put("""{"resourceType":"CareTeam","id":"t9","status":"active","subject":{"reference":"Patient/p9"},"participant":[{"member":{"reference":"Practitioner/chw-9"}}]}""");

        Assert.That((await service.Part<PatientAccess>().PatientsAsync(Chw, default)).Patients, Is.Empty);
    }

    private static void OnTeam(TheService service, string patient, string status)
    {
        service.Ehr.Put($$"""{"resourceType":"Patient","id":"{{patient}}","active":true,"birthDate":"1963-04-02","name":[{"family":"Okáfor-Lind","given":["Ada"]}]}""");
        service.Ehr.Put($$"""{"resourceType":"CareTeam","id":"team-{{patient}}","status":"{{status}}","subject":{"reference":"Patient/{{patient}}"},"participant":[ { "member": { "reference": "Practitioner/chw-1" } } ] }""");
    }
}
