using System.Security.Cryptography;
using ChwFhir.Intake.Printed;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Hl7;

/// <summary>
/// Reads a document that an engine sends as HL7 v2: MDM^T02 (an original), T06 (an addendum), T10 (a replacement). Everything else is refused with what it
/// is: a notice without content, or a message of another kind.
/// </summary>
public static class MdmReader
{
    public const string MediaType = "x-application/hl7-v2+er7";

    /// <summary>Whether a media type, without parameters and in lower case, is HL7 v2: what engines call it inside of other documents.</summary>
    internal static bool IsForm(string mediaType) => mediaType is MediaType or "application/hl7-v2+er7" or "application/hl7-v2" or "x-application/hl7-v2" or "application/edi-hl7";

    /// <summary>How many messages a batch has at most; <see cref="Messages"/> stops one after them.</summary>
    public const int MostMessages = Hl7Parser.MostMessages;

    /// <summary>A message that is not whole, or not only itself.</summary>
    public static readonly NoteFault BrokenFrame = new("", "broken-frame", "The message broke off or ran into another one: 0x0B begins a message, 0x1C 0x0D ends it, neither is part of it. Send it again.");

    /// <summary>Messages one after the other are either a batch or the remains of damaged ones: which is not guessed.</summary>
    public static readonly NoteFault SeveralMessages = new("MSH[2]", "several-messages", "Another message begins in this one; several belong in a batch (BHS, FHS). None of them was taken.");

    /// <summary>Segments that a message has once: a second one is another message's.</summary>
    private static readonly string[] Single = ["PID", "TXA"];

    /// <summary>Reads one message; a body of several is one for <see cref="Messages"/>.</summary>
    public static SummaryReading Read(SummaryCall call, IntakeOptions options)
    {
        if (call.Body.Length > options.MaxBytesWithAttachments)
            return new SummaryReading.TooLarge(options.MaxBytesWithAttachments);
        if (Messages(call.Body) is { Count: > 0 } messages)
        {
            if (messages.Count > 1)
                return new SummaryReading.Invalid([SeveralMessages with { Detail = "One message belongs here; a batch is answered message by message." }]);
            call = call with { Body = messages[0] };
        }

        if (Hl7Parser.Parse(call.Body, out var fault, TextBytes.CharsetOf(call.ContentType)) is not { } message)
            return new SummaryReading.Unreadable(fault!);
        if (WhyRefused(message, out var relation) is { } reason)
            return new SummaryReading.Unreadable(reason);

        // Before anything else is read of it: what else is said of it would be of two messages.
        if (Single.FirstOrDefault(name => message.All(name).Skip(1).Any()) is { } twice)
            return new SummaryReading.Invalid([new NoteFault($"{twice}[2]", "several-messages", $"A message has one {twice}; the second one says that another message ran into this one.")]);

        var faults = new List<NoteFault>();
        var headers = SummaryHeaders.Read(call, faults);
        var head = new MdmHead(message, relation, faults);
        var content = new MdmContent(message, call, options, faults);
        if (head.Patient is null && headers.Patient is null)
            faults.Add(new NoteFault("PID-3", "required", "PID says whose document it is: PID-3 an identifier, PID-5 the name."));
        if (head.Patient is { } named && content.Inner?.Subject is { } inside && named.IsSomebodyElseThan(inside))
            faults.Add(new NoteFault("PID-3", "patient-mismatch", "The document in the message is about another person than PID says."));
        if (faults.Count > 0)
            return new SummaryReading.Invalid(faults);

        var hash = Convert.ToHexStringLower(SHA256.HashData(call.Body.Span));
        var summary = Summary(headers, head, content, hash) with { IdOfMessage = relation is null ? null : IdOf(message) };
        // A document that goes by its message is no other document of the same number.
        if (headers.Id is { } own && own == summary.IdOfMessage)
            summary = summary with { Document = summary.Document with { Identifier = new PersonIdentifier($"{Hl7Identifiers.Named}{message.Header.Text(4)?.Replace(' ', '-') ?? "unknown"}", own) } };
        return new SummaryReading.Read(summary, [.. head.Issues, .. content.Issues()], hash);
    }

    /// <summary>The messages of a body in their order, whether they stand in a batch or alone; none when there is no MSH.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> body) => Hl7Parser.Split(body);

    /// <summary>Whether the messages stand in a batch or a file of batches, so that the answers have to as well.</summary>
    public static bool IsBatch(ReadOnlyMemory<byte> body) => Hl7Parser.IsBatch(body.Span);

    /// <summary>Whether the message says which one it is: its first segment is there to its end.</summary>
    public static bool HasHeader(ReadOnlyMemory<byte> message) =>
        Hl7Parser.Header(message.Span) is not null && message.Span.TrimStart("\r\n \t\v"u8).ContainsAny((byte)'\r', (byte)'\n');

    /// <summary>What was found wrong behind the reader, in the EHR, by the places of the message that said it.</summary>
    public static IReadOnlyList<NoteFault> Placed(IReadOnlyList<NoteFault> faults, ReadOnlyMemory<byte> message)
    {
        if (!faults.Any(fault => fault.Pointer is "" or ['/', ..]) || Hl7Parser.Parse(message, out _) is not { } parsed)
            return faults;

        var place = parsed.First("PID") is { } pid && pid.Text(3) is null && pid.Text(5) is not null ? "PID-5" : "PID-3";
        return [.. faults.Select(fault => IsOfPatient(fault) ? fault with { Pointer = place } : fault with { Pointer = PlaceOf(fault.Pointer, parsed) })];
    }

    private static string PlaceOf(string pointer, Hl7Message message)
    {
        if (IsIn(pointer, "/encounter") || IsIn(pointer, "/visit/encounter"))
            return message.First("PV1") is null ? "PV1" : "PV1-19";
        if (IsIn(pointer, "/relatesTo"))
            return "TXA-13";
        if (!IsIn(pointer, "/author"))
            return pointer;
        return message.First("TXA") is { } txa && txa.Raw(9).Length == 0 ? txa.Raw(5).Length > 0 ? "TXA-5" : message.First("PV1")?.Raw(7).Length > 0 ? "PV1-7" : "TXA-9" : "TXA-9";
    }

    private static bool IsIn(string pointer, string member) => pointer == member || pointer.StartsWith(member + "/", StringComparison.Ordinal);

    private static bool IsOfPatient(NoteFault fault) =>
        IsIn(fault.Pointer, "/patient") || (fault.Pointer.Length == 0 && fault.Code.StartsWith("patient-", StringComparison.Ordinal));

    /// <summary>
    /// An id for an addendum or a replacement whose sender gives it the number of the document itself: that number and which message it was (MSH-3, MSH-4, MSH-10),
    /// so that the same message is the same document however often it comes. Null for what has a number of its own.
    /// </summary>
    private static string? IdOf(Hl7Message message)
    {
        if (SummaryHeaders.Fit(message.First("TXA")?.Text(12)) is not { } number)
            return null;

        var header = message.Header;
        var which = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{header.Raw(3)}|{header.Raw(4)}|{header.Raw(10)}")));
        return $"{number[..Math.Min(number.Length, 47)]}.{which[..16]}";
    }

    private static AfterVisitSummary Summary(SummaryHeaders headers, MdmHead head, MdmContent content, string hash)
    {
        var page = PrintedReader.Summary(content.Page);
        var inner = content.Inner;
        var said = inner?.Document;
        return page with
        {
            Id = headers.IdOr(head.Document.Identifier, hash),
            Patient = headers.Patient,
            Subject = head.Patient is null || inner?.Subject is not { } named ? head.Patient ?? inner?.Subject : head.Patient.With(named),
            Authors = head.Authors.Count > 0 ? head.Authors : inner?.Authors ?? [],
            Document = head.Document with
            {
                Title = head.Document.Title ?? said?.Title ?? content.Title ?? page.Sections.Select(section => section.Title).FirstOrDefault(title => title is not null && content.Page.Title == title),
                SetIdentifier = said?.SetIdentifier,
                Version = said?.Version,
                Language = said?.Language ?? content.Page.Language,
                Custodian = said?.Custodian,
                CustodianIdentifiers = said?.CustodianIdentifiers ?? [],
                ContentType = content.ContentType,
                Original = content.Original,
            },
            Encounter = Visit(headers, head, page.Encounter, inner?.Encounter),
            Caregivers = [.. head.Caregivers, .. inner?.Caregivers ?? []],
            Diagnoses = [.. page.Diagnoses, .. inner?.Diagnoses ?? []],
            Medications = [.. page.Medications, .. inner?.Medications ?? []],
            Instructions = [.. page.Instructions, .. inner?.Instructions ?? []],
            WarningSigns = [.. page.WarningSigns, .. inner?.WarningSigns ?? []],
            FollowUps = [.. page.FollowUps, .. inner?.FollowUps ?? []],
            PendingTests = [.. page.PendingTests, .. inner?.PendingTests ?? []],
            Goals = [.. page.Goals, .. inner?.Goals ?? []],
            Concerns = [.. page.Concerns, .. inner?.Concerns ?? []],
            Sections = [.. page.Sections, .. inner?.Sections ?? []],
        };
    }

    private static SummaryEncounter? Visit(SummaryHeaders headers, MdmHead head, SummaryEncounter? page, SummaryEncounter? inner)
    {
        var visit = head.Encounter ?? inner ?? page;
        if (visit is null)
            return headers.Encounter is null ? null : new SummaryEncounter { Reference = headers.Encounter };

        return visit with
        {
            Reference = headers.Encounter,
            Identifiers = [.. visit.Identifiers.Union(inner?.Identifiers ?? [])],
            Start = visit.Start ?? inner?.Start ?? page?.Start,
            End = visit.End ?? inner?.End ?? page?.End,
            Type = visit.Type ?? inner?.Type,
            Location = visit.Location ?? inner?.Location ?? page?.Location,
            Provider = visit.Provider ?? inner?.Provider ?? page?.Provider,
            Reason = visit.Reason ?? inner?.Reason ?? page?.Reason,
        };
    }

    private static NoteFault? WhyRefused(Hl7Message message, out DocumentRelation? relation)
    {
        relation = null;
        var type = message.Header.Value(9);
        var version = message.Header.Text(12);
        if (version is not null && !(version.StartsWith("2.", StringComparison.Ordinal) && version.Length >= 3 && char.IsAsciiDigit(version[2])))
            return new NoteFault("MSH-12", "unsupported-version", "Versions 2.1 to 2.9 are read here.");
        if (message.Header.Text(11) is { } processing && processing is not ("P" or "T" or "D"))
            return new NoteFault("MSH-11", "unsupported-processing-id", "The processing id is P, T or D.");

        var code = type.Text(1);
        var trigger = type.Text(2) ?? (type.Text(3) is ['M', 'D', 'M', '_', ..] structure ? structure[4..] : null) ?? message.First("EVN")?.Text(1);
        if (code != "MDM")
            return new NoteFault("MSH-9", "unsupported-message-type", "Documents are taken as MDM messages; this is a message of another type.");

        switch (trigger)
        {
            case "T02":
                return null;
            case "T06":
                relation = DocumentRelation.Appends;
                return null;
            case "T10":
                relation = DocumentRelation.Replaces;
                return null;
            case "T01" or "T03" or "T05" or "T07" or "T09":
                return new NoteFault("MSH-9", "unsupported-event", "A notice without the document's content: T02, T06 and T10 are taken.");
            case "T11":
                return new NoteFault("MSH-9", "unsupported-event", "A cancellation is not taken: T02, T06 and T10 are. Retract the summary in the service.");
            default:
                return new NoteFault("MSH-9", "unsupported-event", "This event is not taken: T02, T06 and T10 are.");
        }
    }
}
