namespace ChwFhir.SmartApp;

/// <summary>Section <c>App</c>: who may come in to the app, and how.</summary>
public sealed class AppOptions
{
    public const string Section = "App";
    public const string Smart = "smart";
    public const string Oidc = "oidc";

    /// <summary><c>smart</c>, <c>oidc</c> or both with a comma: from the EHR, or at the site's own issuer for people without an account there.</summary>
    public string SignIn { get; set; } = Smart;

    /// <summary>As the EHR knows the app; unset: nobody can come in from there.</summary>
    public string? ClientId { get; set; }

    /// <summary>The private keys that the app shows itself by (RS384, ES384); the public halves are under <c>/.well-known/jwks.json</c>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>A file with the client's secret, for EHRs that take no keys. Without either the app is a public client.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What is asked for, with spaces.</summary>
    public string Scopes { get; set; } =
        "openid fhirUser patient/Patient.rs patient/Encounter.rs patient/CarePlan.rs patient/Goal.rs patient/Communication.rs patient/DocumentReference.rs patient/Binary.rs "
        + "patient/RelatedPerson.rs patient/CareTeam.rs patient/EpisodeOfCare.rs patient/Condition.rs patient/AllergyIntolerance.rs patient/MedicationRequest.rs patient/MedicationStatement.rs patient/Appointment.rs "
        + "patient/Consent.rs patient/Observation.rs patient/ServiceRequest.rs patient/Task.rs user/Practitioner.rs user/PractitionerRole.rs user/Organization.rs user/Medication.rs";

    /// <summary>FHIR bases that may launch the app, with commas; unset: the EHR's own base. They are all addresses of that one EHR.</summary>
    public string? Issuers { get; set; }

    /// <summary>Who may show the app in a frame, as CSP sources with spaces; unset: the origin of the EHR.</summary>
    public string? FrameAncestors { get; set; }

    /// <summary>A session ends when nobody has come by for so long.</summary>
    public DurationSetting IdleLimit { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>And after so long in any case.</summary>
    public DurationSetting SessionLimit { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Folder of the keys that sessions are sealed with; several instances share one. Unset: <c>keys</c> under <c>Storage__Directory</c>.</summary>
    public string? KeysDirectory { get; set; }

    /// <summary>Who acts in which role when launched from the EHR: <c>Practitioner/1=chw, Practitioner/2=nurse</c>.</summary>
    public string? LaunchRoles { get; set; }

    /// <summary>The role of everybody else of the staff.</summary>
    public string LaunchRole { get; set; } = "clinician";

    /// <summary>Sign-in without an account at the EHR.</summary>
    public OidcOptions OpenId { get; set; } = new();

    /// <summary>Where the service is seen from outside; the setting <c>PublicUrl</c>.</summary>
    internal string? PublicUrl { get; set; }

    /// <summary>What the programme says of its CHWs; the setting <c>Programme__Card</c>.</summary>
    internal string? CardFile { get; set; }

    internal bool TakesLaunches => Ways.Contains(Smart) && !string.IsNullOrWhiteSpace(ClientId);

    internal bool TakesSignIns => Ways.Contains(Oidc);

    internal IReadOnlyList<string> Ways => SignIn.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
