namespace ChwFhir.Sandbox.Smart;

/// <summary>Somebody who may sign in: a Practitioner of <c>Patients/00-staff.json</c>. There are no passwords, because there is nobody to keep out.</summary>
/// <param name="Id">Of the Practitioner; also what <c>Ehr__Sandbox__Login</c> names.</param>
/// <param name="SeesEveryone">Otherwise only the patients in whose care team they are.</param>
internal sealed record SandboxUser(string Id, string Role, bool SeesEveryone)
{
    public static readonly IReadOnlyList<SandboxUser> All =
    [
        new("chw-1", "Community health worker", SeesEveryone: false),
        new("chw-2", "Community health worker", SeesEveryone: false),
        new("nurse-1", "Nurse care manager", SeesEveryone: true),
        new("sw-1", "Social worker", SeesEveryone: false),
        new("onc-1", "Oncologist", SeesEveryone: true),
        new("sup-1", "Supervisor of the CHWs", SeesEveryone: true)
    ];

    public static SandboxUser? Find(string? id) => All.FirstOrDefault(user => user.Id == id);
}
