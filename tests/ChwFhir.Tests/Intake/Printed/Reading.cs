using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Printed;

/// <summary>Hands a page to the reader as a caller would.</summary>
internal static class Reading
{
    public static SummaryReading Of(string contentType, ReadOnlyMemory<byte> body, string? patient = "Patient/eXYZ") =>
        SummaryReader.Read(new SummaryCall(body, contentType, patient), new IntakeOptions());

    public static SummaryReading.Read Good(string contentType, string page) => Good(contentType, Encoding.UTF8.GetBytes(page));

    public static SummaryReading.Read Good(string contentType, ReadOnlyMemory<byte> body) => Of(contentType, body) switch
    {
        SummaryReading.Read read => read,
        SummaryReading.Invalid invalid => throw new AssertionException(string.Join("; ", invalid.Faults)),
        SummaryReading.Unreadable unreadable => throw new AssertionException(unreadable.Fault.ToString()),
        var other => throw new AssertionException(other.GetType().Name),
    };

    /// <summary>The words of a summary's parts, in their order.</summary>
    public static string[] Words(AfterVisitSummary summary) =>
        [.. summary.Sections.SelectMany(section => WordsOf(section.Title ?? "").Concat(WordsOf(section.Text)))];

    public static IEnumerable<string> WordsOf(string text) => text.Split([.. text.Where(character => !char.IsLetterOrDigit(character)).Distinct()], StringSplitOptions.RemoveEmptyEntries);
}
