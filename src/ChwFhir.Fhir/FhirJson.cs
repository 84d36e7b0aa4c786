using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir;

/// <summary>
/// FHIR resources and JSON: the one door between them. What was read is written the same, unknown members, unmodelled resources, digits of numbers and
/// partial dates included. JSON is compact UTF-8 unless asked otherwise.
/// </summary>
public static class FhirJson
{
    // FHIR JSON is never put into a page as it is, so < and & in a narrative stay readable.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonWriterOptions Pretty = Compact with { Indented = true, NewLine = "\n" };

    public static byte[] ToBytes(Base value, bool pretty = false)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Write(buffer, value, pretty);

        return buffer.WrittenSpan.ToArray();
    }

    public static string ToJson(Base value, bool pretty = false)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Write(buffer, value, pretty);

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(IBufferWriter<byte> to, Base value, bool pretty = false)
    {
        using var writer = new Utf8JsonWriter(to, pretty ? Pretty : Compact);
        Write(writer, value);
    }

    /// <summary>Writes the value where the writer stands; the writer stays the caller's.</summary>
    public static void Write(Utf8JsonWriter to, Base value) => value.WriteTo(to);

    /// <summary>Reads a resource and reports what is odd about it. Never throws for what the JSON says.</summary>
    public static FhirReading<T> Read<T>(ReadOnlySpan<byte> json, FhirJsonLimits? limits = null)
        where T : Resource
    {
        limits ??= FhirJsonLimits.Default;
        if (json.Length > limits.MaxBytes)
            return new FhirReading<T>(null, [FhirJsonPlaces.AtStart(FhirJsonIssueCode.TooBig)]);

        ReadOnlySpan<byte> text = json is [0xEF, 0xBB, 0xBF, ..] ? json[3..] : json;
        if (!Utf8.IsValid(text))
            return new FhirReading<T>(null, [FhirJsonPlaces.AtStart(FhirJsonIssueCode.NotUtf8)]);

        var reader = new FhirReader(text, limits.MaxDepth);
        var resource = Read<T>(ref reader);
        if (reader.Notes.All.Count == 0)
            return new FhirReading<T>(resource, []);

        return new FhirReading<T>(resource, new FhirJsonPlaces(text, limits.MaxDepth).Issues(reader.Notes.All));
    }

    /// <exception cref="FhirJsonException">No resource of that type can be made of it.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> json, FhirJsonLimits? limits = null)
        where T : Resource
    {
        var reading = Read<T>(json, limits);

        return reading.Resource ?? throw new FhirJsonException(reading.Issues);
    }

    /// <exception cref="FhirJsonException">No resource of that type can be made of it.</exception>
    public static T Parse<T>(string json, FhirJsonLimits? limits = null)
        where T : Resource =>
        Parse<T>(Encoding.UTF8.GetBytes(json), limits);

    /// <summary>Whether two trees are the same JSON: members in any order, numbers with the same digits.</summary>
    public static bool JsonEquals(Base one, Base other) => JsonComparison.AreEqual(ToBytes(one), ToBytes(other));

    /// <summary>The extensions of a plain value, such as the data-absent-reason of <c>birthDate</c>; of one value of a list with its index.</summary>
    public static List<Extension> PrimitiveExtensions(Base owner, string member, int? index = null)
    {
        var extras = owner.Keep().Extras(member);
        extras.IsList = extras.IsList || index is not null;

        return extras.At(index ?? 0).Extension;
    }

    private static T? Read<T>(ref FhirReader reader)
        where T : Resource
    {
        try
        {
            reader.Read();
            if (!reader.AtObject)
            {
                reader.Notes.Add(FhirJsonIssueCode.NotAnObject, 0);
                return null;
            }

            var resource = reader.Resource();
            reader.Read(); // throws when anything follows
            if (resource is T wanted && resource.TypeName.Length > 0)
                return wanted;

            if (resource.TypeName.Length > 0)
                reader.Notes.Add(FhirJsonIssueCode.AnotherResource, 0);

            return null;
        }
        catch (JsonException)
        {
            reader.Notes.Add(reader.IsTooDeep ? FhirJsonIssueCode.TooDeep : FhirJsonIssueCode.NotJson, reader.Consumed);
            return null;
        }
    }
}
