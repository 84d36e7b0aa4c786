namespace ChwFhir.Access;

/// <summary>Section <c>Auth</c>: whose patients a CHW sees.</summary>
public sealed class AccessOptions
{
    public const string Section = "Auth";
    public const string File = "file";
    public const string CareTeam = "careteam";
    public const string Open = "open";

    public static readonly IReadOnlyList<string> Panels = [File, CareTeam, Open];

    /// <summary><c>file</c>, <c>careteam</c>, or <c>open</c>: everybody who sees patients at all sees all of them.</summary>
    public string Panel { get; set; } = CareTeam;

    /// <summary>Who they are, and whose patients they see; see <see cref="Access.PanelFile"/>. With <c>careteam</c> only roles, Practitioners and supervisors' CHWs are taken from it.</summary>
    public string? PanelFile { get; set; }

    /// <summary>How long ago an encounter may be that makes a patient a clinician's own; zero: encounters make none.</summary>
    public DurationSetting EncounterWindow { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How old what the EHR said of a care team may grow before it is asked again.</summary>
    public DurationSetting PanelRefresh { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long what it said last counts while it does not answer.</summary>
    public DurationSetting PanelKeep { get; set; } = TimeSpan.FromHours(12);
}
