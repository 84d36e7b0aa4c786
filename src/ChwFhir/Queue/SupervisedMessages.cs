namespace ChwFhir.Queue;

/// <summary>Which messages to <c>supervisor</c> a reader sees.</summary>
/// <param name="Writers">By references and subjects: the CHWs whose supervisor the reader is.</param>
/// <param name="Patients">Those of these CHWs; null: all.</param>
public sealed record SupervisedMessages(bool IsAll, IReadOnlyCollection<string> Writers, IReadOnlyCollection<string>? Patients)
{
    /// <summary>The recipient that means another for each CHW.</summary>
    public const string Recipient = "supervisor";
}
