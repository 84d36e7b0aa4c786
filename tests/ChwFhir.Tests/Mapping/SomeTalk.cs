using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Tests.Mapping;

/// <summary>Random notes that say what people say, and what somebody says who wants a text of theirs to pass for the service's own line. The seed decides everything.</summary>
internal sealed class SomeTalk(int seed)
{
    private static readonly string[] Plain =
        ["She slept badly.", "La nevera está vacía", "call back before noon", "ramp & rail", "5 < 6 > 2", "**worse** at night", "- one\n- two", "CHW note", "ref 12", "\u05DC\u05E9\u05DC\u05D5\u05DD", "\U0001F44D\U0001F3FD", "{braces} \\par", "# heading", "|a|b|", "&amp; so on", "100%", "\u201Cquoted\u201D"];

    // The words of the line, letter by letter in many dresses, and what may stand between two letters without being seen once somebody has rendered it.
    private static readonly string[] Letters =
        ["cC\uFF23\u24B8\u216D\u0421\u2102", "hH\uFF28\uFF48\u24BD\u041D\u210D\u02B0", "wW\uFF37\u24CC\u02B7", "nN\uFF2E\u2115\u207F\u039D", "oO\uFF4F\u043E\u03BF\u24DE\u2134", "tT\uFF34\u0422\u03A4\u24E3", "eE\uFF25\u0415\u0435\u212F\u00E9", "rR\uFF32\u24C7\u211D\u02B3", "eE\uFF45\u0435\u24D4", "fF\uFF26\u24BB\u2131"];

    private static readonly string[] Between =
        ["", "", "", " ", "\n", "\r\n", "\u2028", "\u0085", "\u2029", "\t", "\u00A0", "\u3000", "\u200B", "\u200D", "\u00AD", "\u2060", "\uFEFF", "\u202E", "\u034F", "\u115F", "\u3164", "*", "**", "_", "~~", "`", "\\",
         "<b>", "</i>", "<br/>", "<!-- -->", "<!-- a > b -->", "<span title='x'>", "&nbsp;", "&#32;", "&#x200b;", "&amp;nbsp;", "&shy;", "&ensp;", "&#8203;", "\\b ", "\\par ", "{\\i ", "\n> ", "\n- "];

    private static readonly string[] Words = ["chw", "note", "ref"];
    private readonly Random random = new(seed);
    private int count;

    /// <summary>What must be found in the document, by its kind.</summary>
    public List<(string Kind, string Text)> Said { get; } = [];

    public JsonObject Note()
    {
        string[] domains = ["food-insecurity", "utility-insecurity", "transportation-insecurity", "grief", "benefits"];
        string[] symptoms = ["nausea", "tiredness", "appetite", "constipation", "other"];
        return new JsonObject
        {
            ["author"] = new JsonObject { ["reference"] = "Practitioner/chw-1", ["name"] = Text("name", 40) },
            ["narrative"] = Text("narrative"),
            ["sections"] = List(() => new JsonObject { ["title"] = Text("title", 80), ["text"] = Text("section") }),
            ["insights"] = List(() => new JsonObject { ["text"] = Text("insight", 180), ["quote"] = random.Next(2) == 0 }),
            ["goals"] = List(() => new JsonObject
            {
                ["id"] = $"g{++count}", ["text"] = Text("goal"),
                ["steps"] = List(() => new JsonObject { ["id"] = $"s{++count}", ["text"] = Text("step"), ["who"] = "chw", ["due"] = "2026-11-10" }),
            }),
            ["messages"] = List(() => new JsonObject { ["id"] = $"m{++count}", ["to"] = new JsonArray("nurse"), ["urgency"] = random.Next(2) == 0 ? "urgent" : "routine", ["text"] = Text("message") }),
            ["concerns"] = new JsonArray([.. domains.Take(random.Next(4)).Select(domain => (JsonNode)new JsonObject { ["domain"] = domain, ["text"] = Text("need") })]),
            ["symptoms"] = new JsonArray([.. symptoms.Take(random.Next(4)).Select(symptom => (JsonNode)new JsonObject { ["symptom"] = symptom, ["score"] = random.Next(7), ["text"] = Text("symptom") })]),
        };
    }

    private JsonArray List(Func<JsonObject> make) => new([.. Enumerable.Range(0, random.Next(4)).Select(_ => (JsonNode)make())]);

    private string Text(string kind, int atMost = 600)
    {
        var text = new StringBuilder();
        for (var pieces = random.Next(1, 4); pieces > 0; pieces--)
            text.Append(random.Next(3) > 0 ? Hostile() : Pick(Plain)).Append(Pick([" ", "\n", ". "]));
        // A text may be cut, but not through a letter.
        var cut = text.Length <= atMost ? text.Length : char.IsHighSurrogate(text[atMost - 1]) ? atMost - 1 : atMost;
        var said = $"x{++count} {text.ToString(0, cut)}";
        Said.Add((kind, said));
        return said;
    }

    private string Hostile()
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (var word in Words)
        {
            foreach (var _ in word)
                text.Append(Dressed(Letters[at++])).Append(random.Next(4) == 0 ? Pick(Between) : "");
            text.Append(Pick([" ", " ", "\u00A0", "\n", "&nbsp;", "<b> </b>", "\u2003", " \u200B"]));
        }

        return text.Append("victim/note").ToString();
    }

    private string Dressed(string looks)
    {
        var letter = looks[random.Next(3) == 0 ? random.Next(looks.Length) : random.Next(2)];
        return random.Next(12) switch
        {
            0 => $"&#{(int)letter};",
            1 => $"&#x{(int)letter:x};",
            2 => $"&amp;#{(int)letter};",
            3 when char.IsAscii(letter) => char.ConvertFromUtf32(0x1D400 + (char.ToUpperInvariant(letter) - 'A')),
            4 when char.IsAscii(letter) => $"\\'{(int)letter:x2}",
            _ => letter.ToString(),
        };
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
