using System.Globalization;
using System.Text;

namespace ChwFhir.Fhir.Tests.Validation;

/// <summary>FHIR as nobody should send it, made of what is sound: a seed gives the same again.</summary>
internal sealed class HostileJson(IReadOnlyList<JsonTree> sound, int seed)
{
    private static readonly string[] Plain =
    [
        "null", "true", "false", "0", "-0", "-1", "1e400", "1E-7", "1.50", "0.0000000000000000000000000000000001", "123456789012345678901234567890", "-99999999999999999999999999999.99999", "2147483648",
        "\"\"", "\" \"", "\"a\"", "\"#\"", "\"#nobody\"", "\"urn:uuid:\"", "\"Patient/\"", "\"/_history/\"", "\"http://x.example/Patient/1/_history/\"", "\"?\"", "\"|\"", "\":\"",
        "\"0000\"", "\"0000-00-00\"", "\"0000-01-01T00:00:00Z\"", "\"9999-12-31T23:59:60+14:00\"", "\"9999-12-31T24:00:00Z\"", "\"2026-02-30\"", "\"2026-13\"", "\"0001-01-01T00:00:00+14:00\"", "\"-2026\"", "\"2026-1-1\"",
        "\"\\ud83d\"", "\"\\udc00\\ud83d\"", "\"\\u0000\"", "\"\\u0009\"", "\"\uFEFF\"", "\"\u202Eabc\"", "\"\\/\"", "\"=\"", "\"AAA\"", "\"AA==\"", "\"AB==\"", "\"entered-in-error\"",
        "\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">\"", "\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><div\"", "\"<!--\"", "\"</\"", "\"<\"",
        "\"Patient\"", "\"Nothing\"", "\"http://hl7.org/fhir/StructureDefinition/data-absent-reason\"",
    ];

    private static readonly string[] Beside =
    [
        "{}", "[]", "null", "5", "\"a\"", "[null]", "[null,null,null]", "[{}]", "[5]", "[[{}]]", "[null,{\"id\":\"a\"}]", "{\"id\":\"a\"}", "{\"id\":5}", "{\"x\":1}", "{\"value\":1}", "{\"extension\":[]}", "{\"_id\":{\"id\":\"a\"}}",
        "{\"extension\":[{\"url\":\"http://x.example/e\",\"valueString\":\"y\"}]}", "[{\"extension\":[{\"url\":\"http://x.example/e\",\"valueCode\":\"y\"}]},null]", "{\"extension\":[{\"url\":\"http://x.example/e\",\"_valueString\":{}}]}",
    ];

    private static readonly string[] Names =
    [
        "", "_", "__proto__", "a/b", "a~b", "a[0]", "a.b", "\\ud800", "\\udfff", "\\u0069d", "i\\u0064", "\\u005fid", "value", "valueString", "valueQuantity", "valueReference", "_valueString", "_valueCoding", "_valueQuantity", "_value", "valueNothing",
        "resourceType", "_resourceType", "id", "_id", "meta", "_meta", "text", "div", "_div", "contained", "_contained", "extension", "_extension", "modifierExtension", "url", "reference", "é", "e\u0301", "ID",
    ];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var tree = sound[_random.Next(sound.Count)].Copy();
        for (var changes = _random.Next(1, 4); changes > 0; changes--)
            Change(tree);
        var text = Encoding.UTF8.GetBytes(tree.ToString());

        return _random.Next(6) == 0 ? Scratched(text) : text;
    }

    private void Change(JsonTree tree)
    {
        var all = tree.All().ToList();
        var at = all[_random.Next(all.Count)];
        var other = all[_random.Next(all.Count)];
        switch (_random.Next(16))
        {
            case 0:
                at.Become(JsonTree.Of(One(Plain)));
                break;
            case 1:
                at.Become(One<JsonTree>(JsonTree.Object(), JsonTree.List(), JsonTree.List(JsonTree.Of("null")), JsonTree.List(JsonTree.Object()), JsonTree.List(JsonTree.List()), JsonTree.Object(("x", JsonTree.Of("1")))));
                break;
            case 2:
                at.Become(JsonTree.List(at.Copy()));
                break;
            case 3 when at.Items is [var head, ..]:
                at.Become(head);
                break;
            case 4:
                at.Become(other.Copy());
                break;
            case 5 when at.Items is { Count: > 0 } items:
                items.AddRange(Enumerable.Repeat(items[_random.Next(items.Count)].Copy(), One(1, 2, 40, 300)));
                break;
            case 6 when at.Items is { } items:
                items.Insert(_random.Next(items.Count + 1), JsonTree.Of(One("null", "null", "{}", "[]", "5")));
                break;
            case 7:
                Deepen(at, One(3, 30, 61, 70, 500));
                break;
            case 8 when at.Members?.Exists(member => member.Name == "resourceType") == true:
                at.Members.Add(("contained", JsonTree.List(at.Copy(), One(other.Copy(), at.Copy()))));
                break;
            case 9 when at.Members is { Count: > 0 } members:
                members.Insert(_random.Next(members.Count + 1), (One(members[_random.Next(members.Count)].Name, One(Names)), One(other.Copy(), JsonTree.Of(One(Plain)))));
                break;
            case 10 or 11 when at.Members is { Count: > 0 } members:
                members.Insert(_random.Next(members.Count + 1), ("_" + members[_random.Next(members.Count)].Name, JsonTree.Read(Encoding.UTF8.GetBytes(One(Beside)))!));
                break;
            case 12 when at.Members is { Count: > 0 } members:
                members[_random.Next(members.Count)] = (One(One(Names), One(all).Members is [var first, ..] ? first.Name : "x"), other.Copy());
                break;
            case 13 when at.Members is { Count: > 0 } members:
                members.RemoveAt(_random.Next(members.Count));
                break;
            case 14 when at.Members is { Count: > 0 } members && _random.Next(members.Count) is var which && members[which] is { Name.Length: > 0 } and { Name: [not '\\', ..] } member:
                members[which] = ($"\\u{(int)member.Name[0]:x4}{member.Name[1..]}", member.Value);
                break;
            default:
                at.Become(JsonTree.Of(string.Create(CultureInfo.InvariantCulture, $"\"{new string((char)_random.Next('a', 'z'), One(1, 65, 5000))}\"")));
                break;
        }
    }

    private void Deepen(JsonTree at, int levels)
    {
        var way = _random.Next(3);
        for (var inner = at.Copy(); levels > 0; levels--, at.Become(inner))
        {
            inner = way switch
            {
                0 => JsonTree.List(inner),
                1 => JsonTree.Object(("extension", JsonTree.List(inner)), ("url", JsonTree.Of("\"http://x.example/e\""))),
                _ => JsonTree.Object(("resourceType", JsonTree.Of("\"Basic\"")), ("contained", JsonTree.List(inner))),
            };
        }
    }

    // Bytes changed, lost, put in, or the end cut off.
    private byte[] Scratched(byte[] text)
    {
        var bytes = text.ToList();
        for (var scratches = _random.Next(1, 4); scratches > 0 && bytes.Count > 1; scratches--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, (byte)One("{}[],:\"\\ 0e-.\n\0"));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private T One<T>(params IReadOnlyList<T> among) => among[_random.Next(among.Count)];

    private char One(string among) => among[_random.Next(among.Length)];
}
