namespace ChwFhir.WriteBack;

/// <summary>What somebody of the care team has filed to the chart.</summary>
internal static class TeamNotes
{
    /// <summary>Kind of their rows.</summary>
    public const string Kind = "care-team-note";
}
