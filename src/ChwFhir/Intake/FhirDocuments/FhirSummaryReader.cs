using System.Security.Cryptography;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>Reads a summary that comes as FHIR R4: a DocumentReference with the document inside it, or a document Bundle. Nothing is fetched.</summary>
public static class FhirSummaryReader
{
    /// <summary>How deep references may stand in each other: a document, and one cover around its own cover.</summary>
    private const int MostReferences = 2;
    private const int MostOddities = 20;

    public static SummaryReading Read(SummaryCall call, IntakeOptions options) => Read(call, options, 0);

    /// <param name="references">How many references this stands in.</param>
    internal static SummaryReading Read(SummaryCall call, IntakeOptions options, int references)
    {
        if (call.Body.Length > options.MaxBytesWithAttachments)
            return new SummaryReading.TooLarge(options.MaxBytesWithAttachments);

        using (var json = StrictJson.Parse(call.Body, out var fault))
        {
            if (json is null)
                return new SummaryReading.Unreadable(fault!);
        }

        var reading = FhirJson.Read<Resource>(StrictJson.WithoutMark(call.Body.Span));
        if (reading.Resource is not { } resource)
            return new SummaryReading.Invalid([.. reading.Issues.Take(1).Select(issue => new NoteFault(Pointers.Of(issue.Path), "not-fhir", $"Line {issue.Line}, position {issue.Position}: {issue.Text}"))]);

        var faults = new List<NoteFault>();
        var headers = SummaryHeaders.Read(call, faults);
        var issues = reading.Issues.Where(issue => issue.Code is FhirJsonIssueCode.DuplicateMember or FhirJsonIssueCode.WrongType or FhirJsonIssueCode.UnknownCode)
            .Take(20).Select(issue => new NoteIssue("warning", "odd-fhir", Pointers.Of(issue.Path), issue.Text)).ToList();
        var summary = resource switch
        {
            DocumentReference when references >= MostReferences => Refused(faults, "/resourceType", "References stand too deep in each other; send the document itself."),
            DocumentReference reference => new ReferencedDocument(reference, call, options, references, faults, issues).Read(),
            Bundle { Type: Bundle.BundleType.Document } bundle => new DocumentBundle(bundle, faults, issues).Read(),
            Bundle => Refused(faults, "/type", "A Bundle of type document belongs here."),
            _ => Refused(faults, "/resourceType", "A DocumentReference or a document Bundle belongs here."),
        };
        Specification(resource, faults, issues);
        if (summary is { Subject: null, Patient: null } && headers.Patient is null && references == 0)
            faults.Add(new NoteFault(resource is Bundle ? "/entry/0/resource/subject" : "/subject", "patient-missing", $"The document names no patient; name one, or send the header {SummaryHeaders.PatientHeader}."));
        if (faults.Count > 0 || summary is null)
            return new SummaryReading.Invalid(faults);

        var hash = Convert.ToHexStringLower(SHA256.HashData(call.Body.Span));
        return new SummaryReading.Read(summary with
        {
            Id = headers.Id ?? (summary.Id.Length > 0 ? summary.Id : headers.IdOr(summary.Document.Identifier, hash)),
            IdOfMessage = null,
            // A summary in JSON inside names its patient as a caller does; what the header says was held against it there.
            Patient = summary.Patient ?? headers.Patient,
            Encounter = headers.Encounter is null ? summary.Encounter : (summary.Encounter ?? new SummaryEncounter()) with { Reference = headers.Encounter },
            Document = resource is Bundle ? summary.Document with { ContentType = "application/fhir+json", Original = call.Body } : summary.Document,
        }, issues, hash);
    }

    // The document goes into the chart as it came, so what is odd inside it is told and taken; what is wrong with its cover its sender mends.
    private static void Specification(Resource resource, List<NoteFault> faults, List<NoteIssue> issues)
    {
        var found = FhirAtTheDoor.Look(resource).Where(one => !faults.Exists(told => told.Pointer == one.Fault.Pointer) && !issues.Exists(told => told.Pointer == one.Fault.Pointer)).ToList();
        issues.AddRange(found.Take(MostOddities).Select(one => new NoteIssue("warning", "not-valid", one.Fault.Pointer, one.Fault.Detail)));
        if (found.Count > MostOddities)
            issues.Add(new NoteIssue("warning", "not-valid", null, $"{found.Count - MostOddities} further places are not valid FHIR"));
    }

    private static AfterVisitSummary? Refused(List<NoteFault> faults, string pointer, string detail)
    {
        faults.Add(new NoteFault(pointer, "not-a-document", detail));
        return null;
    }
}
