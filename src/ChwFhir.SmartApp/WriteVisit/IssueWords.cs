using ChwFhir.Intake;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What was noticed about a note before it is sent, in the words of its writer.</summary>
internal static class IssueWords
{
    /// <returns>The words, and whether they are the service's own English: nobody has written others for this code.</returns>
    public static (string Says, bool IsEnglish) Of(NoteIssue issue, Wording words) =>
        new[] { $"form.issue.{issue.Code}", $"issue.{issue.Code}" }.FirstOrDefault(words.Has) is { } key ? (words[key], false) : (issue.Detail, true);
}
