namespace ChwFhir.SmartApp.Held;

/// <summary>What became of somebody's decision about a held part, and their reason where it was not taken.</summary>
/// <param name="Part">Where it was not taken: whose form is shown again.</param>
public sealed record HeldSaid(string Key, bool IsTrouble, string? Part = null, string? Text = null)
{
    /// <summary>As the address says it after the decision; anything else says nothing.</summary>
    public static HeldSaid? Of(string? word) => word is "released" or "kept" ? new HeldSaid($"held.said.{word}", false) : null;
}
