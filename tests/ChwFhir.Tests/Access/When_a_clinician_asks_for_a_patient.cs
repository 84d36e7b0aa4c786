using ChwFhir.Access;
using ChwFhir.Tests.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.Access;

/// <summary>Whose patient somebody is, by what the EHR can be asked.</summary>
internal sealed class When_a_clinician_asks_for_a_patient
{
    private const string Met = """{"resourceType":"Encounter","id":"e1","status":"STATUS","class":{"code":"AMB"},"subject":{"reference":"Patient/p1"},"participant":[{"individual":{"reference":"WHO"}}],"period":{"start":"2026-11-02T09:00:00Z"}}""";

    [TestCase("Practitioner/onc-1", "finished", PatientAnswer.Yes)]
    [TestCase("Practitioner/onc-1", "planned", PatientAnswer.Yes)]
    [TestCase("Practitioner/onc-1", "cancelled", PatientAnswer.NotInPanel)]
    [TestCase("Practitioner/onc-1", "entered-in-error", PatientAnswer.NotInPanel)]
    [TestCase("PractitionerRole/role-1", "finished", PatientAnswer.Yes)]
    [TestCase("PractitionerRole/another", "finished", PatientAnswer.NotInPanel)]
    [TestCase("Practitioner/another", "finished", PatientAnswer.NotInPanel)]
    public async Task One_whom_they_have_met_or_are_about_to_meet_is_theirs(string participant, string status, PatientAnswer expected)
    {
        await using var service = Service("Encounter.participant", "PractitionerRole.practitioner");
        service.Ehr.Put("""{"resourceType":"PractitionerRole","id":"role-1","active":true,"practitioner":{"reference":"Practitioner/onc-1"}}""");
        service.Ehr.Put(Met.Replace("STATUS", status, StringComparison.Ordinal).Replace("WHO", participant, StringComparison.Ordinal));

        var access = service.Part<PatientAccess>();

        using var together = Assert.EnterMultipleScope();
        Assert.That(await access.MayReadAsync(Clinician("Practitioner/onc-1"), "Patient/p1", default), Is.EqualTo(expected));
        Assert.That((await access.PatientsAsync(Clinician("Practitioner/onc-1"), default)).Has("Patient/p1"), Is.EqualTo(expected == PatientAnswer.Yes));
    }

    [Test]
    public async Task One_of_whose_team_they_are_in_a_role_is_theirs()
    {
        await using var service = Service("PractitionerRole.practitioner");
        service.Ehr.Put("""{"resourceType":"PractitionerRole","id":"role-1","practitioner":{"reference":"Practitioner/onc-1"}}""");
        service.Ehr.Put("""{"resourceType":"CareTeam","id":"t2","status":"active","subject":{"reference":"Patient/p1"},"participant":[{"member":{"reference":"PractitionerRole/role-1"}}]}""");

        Assert.That(await service.Part<PatientAccess>().MayReadAsync(Clinician("Practitioner/onc-1"), "Patient/p1", default), Is.EqualTo(PatientAnswer.Yes));
    }

    [Test]
    public async Task Where_the_EHR_does_not_search_by_participant_encounters_make_nobody_theirs()
    {
        await using var service = Service();
        service.Ehr.Put(Met.Replace("STATUS", "finished", StringComparison.Ordinal).Replace("WHO", "Practitioner/onc-1", StringComparison.Ordinal));

        var answer = await service.Part<PatientAccess>().MayReadAsync(Clinician("Practitioner/onc-1"), "Patient/p1", default);

        using var together = Assert.EnterMultipleScope();
        Assert.That(answer, Is.EqualTo(PatientAnswer.NotInPanel));
        Assert.That(service.Ehr.Addresses.Concat(service.Ehr.Log), Has.None.Contains("Encounter"), "a server that leaves a parameter out answers with everybody's");
    }

    [Test]
    public async Task It_is_asked_once_for_a_while_and_the_launched_patient_is_theirs_without_asking()
    {
        await using var service = Service("Encounter.participant");
        service.Ehr.Put(Met.Replace("STATUS", "finished", StringComparison.Ordinal).Replace("WHO", "Practitioner/onc-1", StringComparison.Ordinal));
        var access = service.Part<PatientAccess>();

        await access.MayReadAsync(Clinician("Practitioner/onc-1") with { LaunchedPatient = "Patient/p1" }, "Patient/p1", default);
        var asked = service.Ehr.Log.Count;
        for (var i = 0; i < 3; i++)
            await access.MayReadAsync(Clinician("Practitioner/onc-1"), "Patient/p1", default);

        using var together = Assert.EnterMultipleScope();
        Assert.That(asked, Is.Zero);
        Assert.That(service.Ehr.Log.Count(line => line.Contains("Encounter", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task While_the_EHR_is_silent_nobody_can_tell()
    {
        await using var service = Service("Encounter.participant");
        service.Ehr.IsDown = true;

        Assert.That(await service.Part<PatientAccess>().MayReadAsync(Clinician("Practitioner/onc-1"), "Patient/p1", default), Is.EqualTo(PatientAnswer.NotYetKnown));
    }

    private static TheService Service(params string[] searchedBy) => TheService.Over(new ScriptedEhr { AlsoSearchedBy = [.. searchedBy] }, ("Auth:Panel", "careteam"));

    private static Caller Clinician(string practitioner) => new("dr", "dr", new HashSet<Role> { Role.Clinician }, practitioner, CallerKind.Token, null);
}
