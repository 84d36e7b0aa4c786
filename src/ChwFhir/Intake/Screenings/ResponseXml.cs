using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using ChwFhir.Intake.Ccda;

namespace ChwFhir.Intake.Screenings;

/// <summary>A QuestionnaireResponse in FHIR's XML, turned into the same in JSON. No document type, no entities, nothing from outside, at most 64 levels.</summary>
internal static class ResponseXml
{
    private const int MaxDepth = 64;
    private const string Fhir = "http://hl7.org/fhir";
    private static readonly HashSet<string> Lists =
    [
        "item", "answer", "contained", "extension", "modifierExtension", "profile", "tag", "security", "basedOn", "partOf", "coding", "given", "prefix", "suffix", "telecom", "address", "line",
        "answerOption", "enableWhen", "initial", "subjectType", "derivedFrom", "useContext", "jurisdiction", "contact",
    ];

    // Lists in some types and single in others: where it is a list it has elements of its own.
    private static readonly HashSet<string> ListsOfObjects = ["code", "name"];
    private static readonly HashSet<string> Booleans = ["valueBoolean", "userSelected", "required", "repeats", "readOnly", "experimental", "initialSelected", "active"];
    private static readonly HashSet<string> Numbers = ["valueInteger", "valueDecimal", "answerInteger", "answerDecimal", "maxLength", "rank", "size"];

    /// <summary>The JSON, or null and the fault, which says the place by line and position.</summary>
    internal static byte[]? ToJson(ReadOnlyMemory<byte> xml, string contentType, out NoteFault? fault)
    {
        var encoding = XmlEncoding.Of(xml.Span, contentType, out fault);
        if (fault is not null)
            return null;

        try
        {
            using var stream = new MemoryStream(xml.ToArray(), writable: false);
            using var text = encoding is null ? null : new StreamReader(stream, encoding);
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = xml.Length, IgnoreComments = true, IgnoreProcessingInstructions = true };
            using var reader = text is null ? XmlReader.Create(stream, settings) : XmlReader.Create(text, settings);
            var root = XDocument.Load(new DepthLimit(reader, MaxDepth)).Root!;
            fault = root.Name.NamespaceName == Fhir ? null : new NoteFault("/*", "not-fhir", $"The root element is not of the namespace {Fhir}.");
            return fault is null ? Encoding.UTF8.GetBytes(Resource(root).ToJsonString()) : null;
        }
        catch (XmlException wrong)
        {
            fault = new NoteFault("", "not-xml", string.Create(CultureInfo.InvariantCulture, $"This is no well-formed XML without a document type (line {wrong.LineNumber}, position {wrong.LinePosition})."));
            return null;
        }
    }

    /// <summary>A place of the JSON as it stands in the XML.</summary>
    internal static string XPath(string pointer)
    {
        if (!pointer.StartsWith('/'))
            return pointer;

        var path = new StringBuilder("/QuestionnaireResponse");
        foreach (var step in pointer.Split('/').Skip(1))
        {
            if (int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                path.Append(CultureInfo.InvariantCulture, $"[{index + 1}]");
            else
                path.Append('/').Append(step);
        }

        return path.ToString();
    }

    private static JsonObject Resource(XElement element)
    {
        var json = new JsonObject { ["resourceType"] = element.Name.LocalName };
        Members(element, json, isResponse: element.Name.LocalName == "QuestionnaireResponse");

        return json;
    }

    private static void Members(XElement element, JsonObject json, bool isResponse)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.LocalName is "id" or "url"))
            json[attribute.Name.LocalName] = attribute.Value;

        foreach (var same in element.Elements().Where(child => child.Name.LocalName != "text" || child.Attribute("value") is not null).GroupBy(child => child.Name.LocalName))
        {
            var isList = Lists.Contains(same.Key) || same.Count() > 1 || (ListsOfObjects.Contains(same.Key) && same.First().HasElements) || (same.Key == "identifier" && !isResponse && element.Parent?.Name.LocalName == "contained");
            if (isList)
                json[same.Key] = new JsonArray([.. same.Select(child => Value(child))]);
            else
                json[same.Key] = Value(same.First());
            if (!isList && same.First().Attribute("value") is not null && same.First().HasElements)
            {
                var beside = new JsonObject();
                Members(same.First(), beside, isResponse: false);
                json[$"_{same.Key}"] = beside;
            }
        }
    }

    private static JsonNode? Value(XElement element)
    {
        var name = element.Name.LocalName;
        if (name == "contained")
            return element.Elements().FirstOrDefault() is { } inner ? Resource(inner) : null;
        if (element.Attribute("value") is { Value: var text })
            return Simple(element, name, text);

        var json = new JsonObject();
        Members(element, json, isResponse: false);
        return json;
    }

    private static JsonValue? Simple(XElement element, string name, string text)
    {
        if (Booleans.Contains(name) && text is "true" or "false")
            return JsonValue.Create(text == "true");
        if ((Numbers.Contains(name) || (name == "value" && element.Parent?.Name.LocalName.EndsWith("Quantity", StringComparison.Ordinal) == true)) && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return JsonValue.Create(number);

        return JsonValue.Create(text);
    }
}
