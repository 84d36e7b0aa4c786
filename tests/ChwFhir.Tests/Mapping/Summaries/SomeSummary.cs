using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Mapping.Summaries;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping.Summaries;

/// <summary>Summaries read, and mapped as for a chart that the EHR has.</summary>
internal static class SomeSummary
{
    public static readonly ResolvedNote Known = new()
    {
        Patient = "Patient/walter-b", Author = "Practitioner/pcp-1", AuthorName = "Dr. Anjali Raman, MD", Received = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero),
    };

    public static AfterVisitSummary TheSample => Read(File.ReadAllBytes(Repository.Path("samples", "after-visit-summaries", "clinic-visit.json")), "application/json").Summary;

    public static SummaryReading.Read Read(byte[] body, string contentType, string? patient = null) =>
        SummaryReader.Read(new SummaryCall(body, contentType, patient), new IntakeOptions()) switch
        {
            SummaryReading.Read read => read,
            SummaryReading.Invalid invalid => throw new AssertionException(string.Join("\n", invalid.Faults)),
            var other => throw new AssertionException(other.ToString()),
        };

    public static AfterVisitSummary Printed(string text, string contentType = "text/plain") => Read(Encoding.UTF8.GetBytes(text), contentType, "Patient/walter-b").Summary;

    public static MappedNote Map(AfterVisitSummary summary, ResolvedNote? resolved = null) => SummaryMapper.Map(summary, "hash", resolved ?? Known, new MappingOptions()).Kept();
}
