using System.Security.Cryptography;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Printed;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>A DocumentReference and the document inside it. Of several forms of the document the one whose words can be read counts.</summary>
/// <param name="references">How many references this one stands in.</param>
internal sealed class ReferencedDocument(DocumentReference reference, SummaryCall call, IntakeOptions options, int references, List<NoteFault> faults, List<NoteIssue> issues)
{

    public AfterVisitSummary? Read()
    {
        if (reference.Status is DocumentReferenceStatus.EnteredInError)
            faults.Add(new NoteFault("/status", "not-current", "The document was entered in error."));
        else if (reference.Status is DocumentReferenceStatus.Superseded)
            issues.Add(new NoteIssue("warning", "superseded", "/status", "The sender says that a later document has taken the place of this one."));
        if (reference.DocStatus is CompositionStatus.EnteredInError)
            faults.Add(new NoteFault("/docStatus", "not-current", "The document was entered in error."));
        if (Best() is not { } best)
            return null;

        var (at, attachment, mediaType) = best;
        var pointer = FormattableString.Invariant($"/content/{at}/attachment");
        if (attachment.Hash is { Length: > 0 } hash && !SHA1.HashData(attachment.Data!).AsSpan().SequenceEqual(hash))
            issues.Add(new NoteIssue("warning", "attachment-hash", pointer + "/hash", "The hash beside the attachment is not that of its data."));
        for (var i = 0; i < reference.Content.Count; i++)
        {
            if (i != at && reference.Content[i].Attachment is not null)
                issues.Add(new NoteIssue("information", "kept-as-file", FormattableString.Invariant($"/content/{i}/attachment"), "Another form of the same document; it is kept with what was handed in and was not read."));
        }

        switch (InnerDocument.Read(mediaType, attachment.Data, call, options, references + 1))
        {
            case InnerDocument.Page { Content.Parts.Count: 0 } when !options.IsKept && TextBytes.MediaTypeOf(mediaType) is not (PrintedPage.Html or PrintedPage.Xhtml):
                faults.Add(new NoteFault(pointer + "/data", "nothing-said", "The document inside has no text."));
                return null;
            case InnerDocument.Page page:
                issues.AddRange(PrintedReader.LeftOut(page.ControlCharacters));
                issues.AddRange(page.Content.Issues());
                var charset = TextBytes.CharsetOf(mediaType);
                var form = TextBytes.MediaTypeOf(mediaType);
                return About(PrintedReader.Summary(page.Content), page.Content.Title, page.Content.Language, attachment, TextBytes.IsUtf8(attachment.Data, charset) || charset is null ? form : $"{form};charset={charset}", attachment.Data);
            case InnerDocument.Whole whole:
                issues.AddRange(whole.Issues.Select(issue => IsJson(mediaType) ? issue with { Pointer = pointer + "/data", Detail = issue.Pointer is { Length: > 0 } place ? $"{place}: {issue.Detail}" : issue.Detail } : issue));
                var read = whole.Summary.Document;
                return About(whole.Summary, read.Title, read.Language, attachment, read.ContentType, read.Original);
            case InnerDocument.Bad bad:
                faults.AddRange(bad.Faults.Select(fault => fault with { Pointer = pointer + "/data", Detail = fault.Pointer.Length > 0 ? $"{fault.Pointer}: {fault.Detail}" : fault.Detail }));
                return null;
            default:
                issues.Add(new NoteIssue("information", "kept-as-file", pointer, "The words of this form cannot be read here; the file is kept as it came."));
                var empty = PrintedReader.Summary(PrintedPage.Of([]));
                return About(reference.Text?.Div is { } div && Narratives.Text(div) is { Length: > 0 } text ? empty with { Sections = [new SummarySection(null, null, text)] } : empty, null, null, attachment, TextBytes.MediaTypeOf(mediaType), attachment.Data);
        }
    }

    private (int At, Attachment Attachment, string MediaType)? Best()
    {
        var inside = reference.Content.Select((content, at) => (at, content.Attachment)).Where(content => content.Attachment is not null).ToList();
        var withData = inside.Where(content => content.Attachment!.Data is { Length: > 0 }).Select(content => (content.at, content.Attachment!, MediaType(content.Attachment!))).ToList();
        if (withData.Count > 0)
            return withData.MinBy(content => Rank(TextBytes.MediaTypeOf(content.Item3)));

        if (inside.Count == 0)
            faults.Add(new NoteFault("/content", "attachment-missing", "The document belongs into content.attachment.data."));
        foreach (var (at, attachment) in inside)
        {
            faults.Add(attachment!.Url is not null
                ? new NoteFault(FormattableString.Invariant($"/content/{at}/attachment/url"), "attachment-elsewhere", "The document lies elsewhere and is not fetched; send it in attachment.data.")
                : new NoteFault(FormattableString.Invariant($"/content/{at}/attachment/data"), "attachment-missing", "The attachment has no data in Base64."));
        }

        return null;
    }

    private static bool IsJson(string mediaType) => TextBytes.MediaTypeOf(mediaType) is "application/json" or "application/fhir+json";

    private static int Rank(string mediaType) => mediaType switch
    {
        "application/cda+xml" or "application/xml" or "text/xml" => 0,
        "application/json" or "application/fhir+json" => 0,
        _ when MdmReader.IsForm(mediaType) => 0,
        "text/html" or "application/xhtml+xml" => 1,
        "text/markdown" => 2,
        "text/plain" => 3,
        "text/rtf" or "application/rtf" => 4,
        _ => 9,
    };

    /// <summary>As it is said; of an attachment that does not say, by the signs that files begin with.</summary>
    private static string MediaType(Attachment attachment)
    {
        if (!string.IsNullOrWhiteSpace(attachment.ContentType))
            return attachment.ContentType.Trim();

        var head = attachment.Data.AsSpan();
        if (head.StartsWith("%PDF"u8))
            return "application/pdf";
        if (head.StartsWith(@"{\rtf"u8))
            return RtfText.MediaType;
        var start = head[..Math.Min(head.Length, 2000)];
        if (start.IndexOf("<ClinicalDocument"u8) >= 0)
            return "application/cda+xml";
        if (start.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{', ..])
            return start.IndexOf("\"resourceType\""u8) >= 0 ? "application/fhir+json" : "application/json";
        if (start.TrimStart("\uFEFF \t\r\n\v"u8).StartsWith("MSH|"u8))
            return MdmReader.MediaType;
        if (start.IndexOf("<html"u8) >= 0 || start.IndexOf("<div"u8) >= 0)
            return "text/html";

        return System.Text.Unicode.Utf8.IsValid(head) ? "text/plain" : "application/octet-stream";
    }

    /// <summary>What the reference says of the document stands before what the document says of itself.</summary>
    private AfterVisitSummary About(AfterVisitSummary read, string? title, string? language, Attachment attachment, string contentType, ReadOnlyMemory<byte> original)
    {
        var relation = reference.RelatesTo.Find(relates => Sayings.Relation(relates.Code) is not null && Sayings.Of(relates.Target?.Identifier) is not null);
        var authors = reference.Author.Select(author => Sayings.Author(Find(author), author, Find)).OfType<DocumentAuthor>().ToList();
        var custodian = Find(reference.Custodian) as Organization;
        var labels = SecurityLabels.Of(SecurityLabels.Of(reference).Concat(reference.SecurityLabel.SelectMany(label => label.Coding)));
        var number = Sayings.Of(reference.MasterIdentifier) ?? (read.Document.Identifier is null ? Sayings.Of(reference.Identifier).FirstOrDefault() : null);
        return read with
        {
            // The document is the same with a cover and without one, unless the cover gives it a number of its own.
            Id = number is null || number == read.Document.Identifier ? read.Id : "",
            Subject = Subject(read),
            Authors = authors.Count > 0 ? authors : read.Authors,
            Encounter = Visit(read.Encounter),
            Document = read.Document with
            {
                Identifier = number ?? read.Document.Identifier,
                Title = Sayings.Trimmed(attachment.Title) ?? Sayings.Trimmed(reference.Description) ?? title,
                Type = reference.Type.Code() ?? (reference.Type.Text() is { } type ? new DocumentCode(null, null, type) : read.Document.Type),
                Language = Sayings.Trimmed(attachment.Language) ?? Sayings.Trimmed(reference.Language) ?? language,
                Created = Created(attachment) ?? read.Document.Created,
                IsFinal = reference.DocStatus switch
                {
                    CompositionStatus.Final or CompositionStatus.Amended => true,
                    CompositionStatus.Preliminary => false,
                    _ => read.Document.IsFinal,
                },
                Confidentiality = SecurityLabels.Strictest(labels, read.Document.Confidentiality),
                Labels = [.. labels.Concat(read.Document.Labels).DistinctBy(label => (label.System, label.Code))],
                Custodian = Sayings.Trimmed(custodian?.Name) ?? Sayings.Trimmed(reference.Custodian?.Display) ?? read.Document.Custodian,
                CustodianReference = Sayings.Elsewhere(reference.Custodian) ?? read.Document.CustodianReference,
                CustodianIdentifiers = custodian is null ? read.Document.CustodianIdentifiers : Sayings.Of(custodian.Identifier),
                Earlier = Sayings.Of(relation?.Target?.Identifier) ?? read.Document.Earlier,
                Relation = relation is null ? read.Document.Relation : Sayings.Relation(relation.Code),
                ContentType = contentType,
                Original = original,
            },
        };
    }

    private DocumentPatient? Subject(AfterVisitSummary read)
    {
        var inside = read.Subject;
        var patient = Find(reference.Subject) as Patient ?? Find(reference.Context?.SourcePatientInfo) as Patient;
        var named = patient is null ? null : Sayings.Patient(patient);
        var identifier = Sayings.Of(reference.Subject?.Identifier);
        var target = reference.Subject?.Reference is { } text && FhirReference.TryParse(text, out var parsed) && parsed.Type == "Patient" ? text : null;
        if (named is null && identifier is null && target is null)
            return inside;

        if (OtherCharts(target, inside?.Reference) || OtherCharts(target, read.Patient?.Reference))
            faults.Add(new NoteFault("/subject/reference", "patient-mismatch", "The document inside is in another chart than the reference says."));
        var cover = named ?? new DocumentPatient();
        if (identifier is not null)
            cover = cover with { Identifiers = [.. cover.Identifiers.Append(identifier).Distinct()] };
        if (read.Patient is { } called && InWords(called).IsSomebodyElseThan(cover))
            faults.Add(new NoteFault("/subject", "patient-mismatch", "The document inside is about another person than the reference says."));
        if (inside is null)
            return cover with { Reference = target };
        if (inside.IsSomebodyElseThan(cover))
            faults.Add(new NoteFault("/subject", "patient-mismatch", "The document inside is about another person than the reference says."));

        // A document that names its patient itself is compared with the chart by what it says first, then by what stands on its cover.
        return (named is null && identifier is null ? inside : inside.With(cover)) with { Reference = target };
    }

    private static bool OtherCharts(string? one, string? other) =>
        one is not null && other is not null && FhirReference.TryParse(one, out var first) && FhirReference.TryParse(other, out var second) && first.Base == second.Base && !first.MayBe(second);

    private static DocumentPatient InWords(NotePatient patient) => new() { Identifiers = patient.Identifier is { } number ? [number] : [], Family = patient.Check?.FamilyName, BirthDate = patient.Check?.BirthDate };

    private SummaryEncounter? Visit(SummaryEncounter? inside)
    {
        var context = reference.Context;
        if (context is null)
            return inside;

        var visit = context.Encounter.Select(Find).OfType<Encounter>().Select(encounter => Sayings.Visit(encounter, Find)).FirstOrDefault() ?? inside ?? new SummaryEncounter();
        var said = context.Encounter.Select(encounter => encounter.Reference).FirstOrDefault(text => text is not null && FhirReference.TryParse(text, out var parsed) && parsed.Type == "Encounter");
        visit = visit with
        {
            Reference = visit.Reference ?? said,
            Identifiers = [.. visit.Identifiers.Union(context.Encounter.Select(encounter => Sayings.Of(encounter.Identifier)).OfType<PersonIdentifier>())],
            Start = visit.Start ?? Sayings.Trimmed(context.Period?.Start),
            End = visit.End ?? Sayings.Trimmed(context.Period?.End),
            Location = visit.Location ?? context.FacilityType.Text(),
        };
        return visit == new SummaryEncounter() || visit == new SummaryEncounter { Identifiers = visit.Identifiers } && visit.Identifiers.Count == 0 ? null : visit;
    }

    private string? Created(Attachment attachment) =>
        Sayings.Trimmed(attachment.Creation) ?? reference.Date?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    private Resource? Find(ResourceReference? wanted) =>
        wanted?.Reference is ['#', .. var id] && id.Length > 0 ? reference.Contained.Find(contained => contained.Id == id) : null;
}
