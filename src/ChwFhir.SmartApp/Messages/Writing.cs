namespace ChwFhir.SmartApp.Messages;

/// <summary>What a message about a patient may be.</summary>
internal static class Writing
{
    public const int Longest = 4000;

    /// <summary>The least first: it is what stands chosen.</summary>
    public static readonly IReadOnlyList<string> Urgencies = ["routine", "urgent", "stat"];

    /// <summary>What the team may want of a CHW.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["ask", "reinforce", "question"];
}
