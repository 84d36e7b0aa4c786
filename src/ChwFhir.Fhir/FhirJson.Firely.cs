using System.Buffers;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace ChwFhir.Fhir;

/// <summary>The door to JSON when the Firely .NET SDK takes the model's place (<c>-p:FhirSdk=Firely</c>). It promises what Firely promises, not more.</summary>
public static class FhirJson
{
    private static readonly JsonSerializerOptions Compact = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector).UsingMode(DeserializerModes.Ostrich);
    private static readonly JsonSerializerOptions Indented = new JsonSerializerOptions(Compact) { WriteIndented = true };

    public static byte[] ToBytes(Base value, bool pretty = false) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), pretty ? Indented : Compact);

    public static string ToJson(Base value, bool pretty = false) => JsonSerializer.Serialize(value, value.GetType(), pretty ? Indented : Compact);

    public static void Write(IBufferWriter<byte> to, Base value, bool pretty = false) => to.Write(ToBytes(value, pretty));

    public static void Write(Utf8JsonWriter to, Base value) => JsonSerializer.Serialize(to, value, value.GetType(), Compact);

    public static FhirReading<T> Read<T>(ReadOnlySpan<byte> json, FhirJsonLimits? limits = null)
        where T : Resource
    {
        limits ??= FhirJsonLimits.Default;
        if (json.Length > limits.MaxBytes)
            return new FhirReading<T>(null, [Issue(FhirJsonIssueCode.TooBig, "the text is too big", 1, 1)]);

        try
        {
            var options = limits.MaxDepth == Compact.MaxDepth ? Compact : new JsonSerializerOptions(Compact) { MaxDepth = limits.MaxDepth };

            return JsonSerializer.Deserialize<Resource>(json, options) is T resource
                ? new FhirReading<T>(resource, [])
                : new FhirReading<T>(null, [Issue(FhirJsonIssueCode.AnotherResource, "another type of resource was expected", 1, 1)]);
        }
        catch (DeserializationFailedException failed)
        {
            return new FhirReading<T>(failed.PartialResult as T, [Issue(FhirJsonIssueCode.WrongType, "Firely's reader found faults", 1, 1)]);
        }
        catch (JsonException broken)
        {
            return new FhirReading<T>(null, [Issue(FhirJsonIssueCode.NotJson, "this is no JSON", (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1)]);
        }
    }

    public static T Parse<T>(ReadOnlySpan<byte> json, FhirJsonLimits? limits = null)
        where T : Resource
    {
        var reading = Read<T>(json, limits);

        return reading.Resource ?? throw new FhirJsonException(reading.Issues);
    }

    public static T Parse<T>(string json, FhirJsonLimits? limits = null)
        where T : Resource =>
        Parse<T>(Encoding.UTF8.GetBytes(json), limits);

    public static bool JsonEquals(Base one, Base other) => ChwFhir.Fhir.Model.JsonComparison.AreEqual(ToBytes(one), ToBytes(other));

    public static List<Extension> PrimitiveExtensions(Base owner, string member, int? index = null)
    {
        var primitives = owner.NamedChildren.Where(child => child.ElementName == member).Select(child => child.Value).OfType<PrimitiveType>();

        return primitives.ElementAtOrDefault(index ?? 0)?.Extension ?? throw new InvalidOperationException($"{owner.TypeName}.{member} has no value to extend; set one first.");
    }

    private static FhirJsonIssue Issue(FhirJsonIssueCode code, string text, int line, int position) =>
        new(OperationOutcome.IssueSeverity.Fatal, "Resource", code, text, line, position);
}
