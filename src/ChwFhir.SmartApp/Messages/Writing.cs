namespace ChwFhir.SmartApp.Messages;

/// <summary>What a message to the CHW may be.</summary>
internal static class Writing
{
    public const int Longest = 4000;

    /// <summary>The least first: it is what stands chosen.</summary>
    public static readonly IReadOnlyList<string> Urgencies = ["routine", "urgent", "stat"];
}
