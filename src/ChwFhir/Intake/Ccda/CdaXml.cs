using System.Text;
using System.Xml;

namespace ChwFhir.Intake.Ccda;

/// <summary>
/// The document as it streams by: no document type declaration, no entity but XML's own, nothing fetched, no deeper than <see cref="Deepest"/>, so that a hostile document costs no more than an honest one
/// of its size. Only elements, attributes and text are seen.
/// </summary>
internal sealed class CdaXml : IDisposable
{
    /// <summary>Real documents are 18 deep; narrative tables in tables make it a few more.</summary>
    private const int Deepest = 64;

    private readonly BoundedBytes bytes;
    private readonly XmlReader reader;
    private readonly NameTable names = CdaNames.Table();
    private readonly char[] scratch = new char[512];

    static CdaXml() => XmlEncoding.KnowCodePages();

    /// <param name="encoding">Null: as the document says it.</param>
    public CdaXml(ReadOnlyMemory<byte> document, Encoding? encoding)
    {
        bytes = new BoundedBytes(document);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = false,
            NameTable = names,
        };
        reader = encoding is null ? XmlReader.Create(bytes, settings, Prefixes()) : XmlReader.Create(new StreamReader(bytes, encoding), settings, Prefixes());
    }

    public XmlNodeType NodeType => reader.NodeType;
    public int Depth => reader.Depth;
    public string Name => reader.LocalName;
    public string Namespace => reader.NamespaceURI;
    public bool IsEmptyElement => reader.IsEmptyElement;
    public bool IsText => reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA;
    public bool IsBlank => reader.NodeType is XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;
    public int Line => ((IXmlLineInfo)reader).LineNumber;
    public int Position => ((IXmlLineInfo)reader).LinePosition;

    public bool Read()
    {
        bytes.NextStep();
        if (IsText)
            PassOver();
        if (!reader.Read())
            return false;
        if (reader.Depth > Deepest)
            throw new RefusedXml("too-deep", $"elements stand more than {Deepest} deep in each other", Line, Position);
        return true;
    }

    /// <summary>
    /// Steps through the children of the element that the reader stands on, as <c>for (var inside = xml.Inside(); inside.Next();)</c>: after the last it stands on the end tag. Each child must be read to its own end
    /// (by <see cref="Skip"/> or its own walk) before the next.
    /// </summary>
    public Walk Inside() => new(this);

    /// <summary>Passes over the element with all that is in it, under the same limits.</summary>
    public void Skip()
    {
        if (reader.NodeType != XmlNodeType.Element || reader.IsEmptyElement)
            return;
        var depth = reader.Depth;
        while (Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth)) { }
    }

    /// <summary>The rest of a text in pieces: the reader itself would take an attachment of megabytes in one step.</summary>
    private void PassOver()
    {
        while (reader.ReadValueChunk(scratch, 0, scratch.Length) > 0)
            bytes.NextStep();
    }

    public bool FirstAttribute() => reader.MoveToFirstAttribute();
    public bool NextAttribute() => reader.MoveToNextAttribute();
    public void BackToElement() => reader.MoveToElement();
    public string? Attribute(string name) => reader.GetAttribute(name);

    /// <summary>The value of the attribute that the reader stands on; short ones once for the whole document: identifiers of templates and code systems repeat by the hundred.</summary>
    public string Value()
    {
        var read = reader.ReadValueChunk(scratch, 0, scratch.Length);
        if (read < scratch.Length)
            return names.Add(scratch, 0, read);
        var whole = new StringBuilder().Append(scratch, 0, read);
        while ((read = reader.ReadValueChunk(scratch, 0, scratch.Length)) > 0)
        {
            whole.Append(scratch, 0, read);
            bytes.NextStep();
        }
        return whole.ToString();
    }

    /// <summary>The next piece of the text that the reader stands on; 0 at its end.</summary>
    public int Text(char[] buffer)
    {
        bytes.NextStep();
        return reader.ReadValueChunk(buffer, 0, buffer.Length);
    }

    /// <summary>The words of the element that the reader stands on, those of its children too.</summary>
    public string InnerText()
    {
        var words = new TextPieces();
        if (reader.IsEmptyElement)
            return "";
        var depth = reader.Depth;
        while (Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (IsText || IsBlank)
                Take(ref words);
        }
        return words.Text ?? "";
    }

    /// <summary>Adds the text that the reader stands on.</summary>
    public void Take(ref TextPieces words)
    {
        for (int read; (read = Text(scratch)) > 0;)
            words.Add(scratch.AsSpan(0, read));
    }

    /// <summary>Exports forget to declare the two prefixes that everybody uses: they mean what they always mean.</summary>
    private XmlParserContext Prefixes()
    {
        var prefixes = new XmlNamespaceManager(names);
        prefixes.AddNamespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
        prefixes.AddNamespace("sdtc", "urn:hl7-org:sdtc");
        return new XmlParserContext(names, prefixes, null, XmlSpace.None);
    }

    public void Dispose()
    {
        reader.Dispose();
        bytes.Dispose();
    }

    public ref struct Walk(CdaXml xml)
    {
        private readonly int depth = xml.Depth;
        private bool isOver = xml.IsEmptyElement;

        /// <summary>Whether the reader stands on a child (an element, or text of the element itself).</summary>
        public bool Next()
        {
            if (isOver)
                return false;
            if (!xml.Read() || (xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            {
                isOver = true;
                return false;
            }
            return true;
        }
    }
}
