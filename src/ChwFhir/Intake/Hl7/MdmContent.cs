using System.Text;
using ChwFhir.Intake.Printed;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Hl7;

/// <summary>What the OBX and NTE segments of an MDM message hold: lines of text, values, documents of their own.</summary>
internal sealed class MdmContent
{
    /// <summary>A message holds one document; engines add a few of other forms.</summary>
    private const int MostDocuments = 500;

    private readonly List<Block> _blocks = [];
    private readonly List<NoteIssue> _issues = [];
    private readonly SummaryCall _call;
    private readonly IntakeOptions _options;
    private readonly List<NoteFault> _faults;
    private readonly Encoding _encoding;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _allText = new();
    private int _controls;
    private string? _open;
    private long _characters;
    private int _documents;
    private bool _isTooLarge;

    public MdmContent(Hl7Message message, SummaryCall call, IntakeOptions options, List<NoteFault> faults)
    {
        (_call, _options, _faults, _encoding) = (call, options, faults, message.Encoding);
        Original = call.Body;
        ContentType = MdmReader.MediaType;
        var observations = message.All("OBX").ToList();
        if (observations.Count == 0)
            faults.Add(new NoteFault("OBX", "required", "The document's content stands in OBX segments."));
        var titled = observations.Where(IsText).Select(obx => obx.Text(3)).Distinct().Count() > 1;
        Title = observations.Where(obx => IsText(obx) || obx.Raw(2) == "ED").Select(NameOf).FirstOrDefault();
        foreach (var segment in message.Segments)
        {
            if (_isTooLarge)
                break;
            if (segment.Name == "OBX")
                Take(segment, titled);
            else if (segment.Name == "NTE")
                Note(segment);
        }

        Close();
        Page = PrintedPage.Of(_blocks);
        if (ContentType == MdmReader.MediaType && _allText.Length > 0)
            (ContentType, Original) = (PrintedPage.Plain, Encoding.UTF8.GetBytes(_allText.ToString()));
        if (_external && Page.Parts.Count == 0 && Inner is null && ContentType == MdmReader.MediaType)
            faults.Add(new NoteFault("OBX[1]-5", "external-content", "The content lies elsewhere (RP) and is not fetched; send it in the message."));
        else if (!options.IsKept && observations.Count > 0 && faults.Count == 0 && _issues.All(issue => issue.Code == "no-content") && Page.Parts.Count == 0 && Inner is null && TextBytes.MediaTypeOf(ContentType) is MdmReader.MediaType or PrintedPage.Plain)
            faults.Add(new NoteFault("OBX[1]-5", "nothing-said", "The document has no text."));
    }

    private bool _external;

    public PrintedPage Page { get; }

    /// <summary>A document inside that says by itself what it is (C-CDA).</summary>
    public AfterVisitSummary? Inner { get; private set; }
    public string ContentType { get; private set; }
    public ReadOnlyMemory<byte> Original { get; private set; }
    public string? Title { get; }

    public IEnumerable<NoteIssue> Issues() => [.. PrintedReader.LeftOut(_controls), .. Page.Issues(), .. _issues];

    private static bool IsText(Hl7Segment obx) => obx.Raw(2) is "TX" or "FT" or "ST" or "" && obx.Raw(5).Length > 0;

    private static string? NameOf(Hl7Segment obx) => obx.Value(3).Text(2) ?? obx.Value(3).Text(5);

    private void Take(Hl7Segment obx, bool titled)
    {
        if (obx.Text(11) is "D" or "W")
        {
            _issues.Add(new NoteIssue("warning", "left-out", obx.Place(11), "The sender says that this part is deleted or wrong; it is in the original message only."));
            return;
        }

        if (IsText(obx))
        {
            Text(obx, titled);
            return;
        }

        Close();
        if (obx.Raw(5).Length == 0)
            return;

        switch (obx.Raw(2))
        {
            case "ED":
                foreach (var value in obx.Values(5))
                    Document(obx, value);
                break;
            case "RP":
                _external = true;
                _issues.Add(new NoteIssue("warning", "external-content", obx.Place(5), "This part lies elsewhere and is not fetched."));
                break;
            default:
                Value(obx);
                break;
        }
    }

    /// <summary>Lines of one observation belong together; a new observation begins a part under its name where there are several.</summary>
    private void Text(Hl7Segment obx, bool titled)
    {
        if (!Fits(obx, 5, obx.Raw(5).Length))
            return;

        var key = $"{obx.Raw(3)}|{obx.Raw(4)}";
        if (_open is not null && _open != key && (titled || obx.Raw(4) != ""))
            Close();
        if (titled && _open != key && NameOf(obx) is { } name)
        {
            Close();
            _blocks.Add(new Block(BlockKind.Heading, name));
            Keep(name);
        }

        _open = key;
        foreach (var line in obx.Repetitions(5))
            _text.Append(Hl7Escapes.Plain(line, obx.Separators, _encoding)).Append('\n');
    }

    private void Note(Hl7Segment nte)
    {
        if (!Fits(nte, 3, nte.Raw(3).Length))
            return;

        Close();
        foreach (var line in nte.Repetitions(3))
            _text.Append(Hl7Escapes.Plain(line, nte.Separators, _encoding)).Append('\n');
        Close();
    }

    private void Value(Hl7Segment obx)
    {
        if (!Fits(obx, 5, obx.Raw(5).Length))
            return;

        var values = obx.Values(5).Select(value => obx.Raw(2) is "CE" or "CWE" or "CNE" or "CF" ? value.Text(2) ?? value.Text(1)
            : Hl7Escapes.Plain(value.Raw, obx.Separators, _encoding).Replace(obx.Separators.Component, ' ')).Where(value => !string.IsNullOrWhiteSpace(value));
        var line = string.Join(", ", values);
        if (line.Length == 0)
            return;

        var unit = obx.Value(6).Text(1);
        var name = NameOf(obx);
        _text.Append(name is null ? "" : $"{name}: ").Append(line).Append(unit is null ? "" : $" {unit}").Append('\n');
        Close();
    }

    private void Document(Hl7Segment obx, Hl7Value value)
    {
        var place = obx.Place(5);
        if (_isTooLarge || ++_documents > MostDocuments)
        {
            if (!_isTooLarge)
                _faults.Add(new NoteFault(place, "too-large", FormattableString.Invariant($"A message holds at most {MostDocuments} documents.")));
            _isTooLarge = true;
            return;
        }

        if (value.RawComponent(5).Length == 0)
        {
            _issues.Add(new NoteIssue("warning", "no-content", place, "The segment says what kind of document it holds and holds none."));
            return;
        }

        if (Hl7Encapsulated.Read(value, _encoding, out var mediaType) is not { } bytes)
        {
            _faults.Add(new NoteFault(place, "bad-data", "The data are not in the encoding that the fourth component says (Base64, Hex or A)."));
            return;
        }

        switch (InnerDocument.Read(mediaType, bytes, _call, _options))
        {
            case InnerDocument.Page page when !Fits(obx, 5, page.Content.Length):
                break;
            case InnerDocument.Page page:
                _controls += page.ControlCharacters;
                _blocks.AddRange(page.Content.Parts.SelectMany(part => part.Title is null ? part.Blocks : [new Block(BlockKind.Heading, part.Title, part.Level == 1 ? Block.ByItsLook : Block.Weak), .. part.Blocks]));
                KeepAs(mediaType, bytes, place);
                break;
            case InnerDocument.Whole whole when Inner is null:
                Inner = whole.Summary;
                _issues.AddRange(whole.Issues);
                KeepAs(mediaType, bytes, place);
                break;
            case InnerDocument.Bad bad:
                _faults.AddRange(bad.Faults.Select(fault => fault with { Pointer = place, Detail = fault.Pointer.Length > 0 ? $"{fault.Pointer}: {fault.Detail}" : fault.Detail }));
                break;
            default:
                _issues.Add(new NoteIssue("information", "kept-as-file", place, "The words of this part cannot be read here; the file is kept as it came."));
                KeepAs(mediaType, bytes, place);
                break;
        }
    }

    /// <summary>Whether the message's text still has the length that a page may have.</summary>
    private bool Fits(Hl7Segment segment, int field, int characters)
    {
        _characters += characters;
        if (_characters > PrintedPage.LongestText && !_isTooLarge)
            _faults.Add(PrintedPage.TooLong(segment.Place(field)));
        _isTooLarge |= _characters > PrintedPage.LongestText;
        return !_isTooLarge;
    }

    private void KeepAs(string mediaType, ReadOnlyMemory<byte> bytes, string place)
    {
        if (ContentType == MdmReader.MediaType)
            (ContentType, Original) = (mediaType, bytes);
        else
            _issues.Add(new NoteIssue("warning", "kept-as-file", place, "A message may hold one document; this further one is in the original message only."));
    }

    private void Close()
    {
        _open = null;
        if (_text.Length == 0)
            return;

        var text = CleanText.Of(_text.ToString(), out var leftOut);
        _controls += leftOut;
        _text.Clear();
        Keep(text);
        if (text.AsSpan().TrimStart().StartsWith("<html", StringComparison.OrdinalIgnoreCase) || text.AsSpan().TrimStart().StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase))
        {
            if (HtmlBlocks.Of(text, out _) is { } page)
            {
                _blocks.AddRange(page.Blocks);
                return;
            }
        }

        PlainBlocks.Append(text, _blocks);
    }

    private void Keep(string text) => _allText.Append(text.TrimEnd('\n')).Append('\n');
}
