using System.Buffers;
using System.Collections;
using System.Text.Unicode;
using ChwFhir.Fhir.Model;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using ExtendedCodedException = Hl7.Fhir.Utility.ExtendedCodedException;

namespace ChwFhir.Fhir;

/// <summary>
/// The door to JSON when the Firely .NET SDK takes the model's place (<c>-p:FhirSdk=Firely</c>). It promises what Firely promises: what its classes have no
/// place for is told and not kept.
/// </summary>
public static class FhirJson
{
    // Without Firely's validator: what is read is taken as far as it makes sense, and FhirValidation has the say. ForFhir leaves < and & readable, as ours does.
    private static readonly JsonSerializerOptions Compact = new JsonSerializerOptions { MaxDepth = 1000, NewLine = "\n" }
        .ForFhir(ModelInfo.ModelInspector, new FhirJsonPocoDeserializerSettings { Validator = null });

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    public static byte[] ToBytes(Base value, bool pretty = false) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), pretty ? Indented : Compact);

    public static string ToJson(Base value, bool pretty = false) => JsonSerializer.Serialize(value, value.GetType(), pretty ? Indented : Compact);

    public static void Write(IBufferWriter<byte> to, Base value, bool pretty = false) => BuffersExtensions.Write(to, ToBytes(value, pretty));

    public static void Write(Utf8JsonWriter to, Base value) => JsonSerializer.Serialize(to, value, value.GetType(), Compact);

    public static FhirReading<T> Read<T>(ReadOnlySpan<byte> json, FhirJsonLimits? limits = null)
        where T : Resource
    {
        limits ??= FhirJsonLimits.Default;
        if (json.Length > limits.MaxBytes)
            return new FhirReading<T>(null, [FhirJsonPlaces.AtStart(FhirJsonIssueCode.TooBig)]);

        ReadOnlySpan<byte> text = json is [0xEF, 0xBB, 0xBF, ..] ? json[3..] : json;
        if (!Utf8.IsValid(text))
            return new FhirReading<T>(null, [FhirJsonPlaces.AtStart(FhirJsonIssueCode.NotUtf8)]);
        if (NoObject(text, limits.MaxDepth) is { } fault)
            return new FhirReading<T>(null, new FhirJsonPlaces(text, limits.MaxDepth).Issues([fault]));

        try
        {
            return Wanted<T>(JsonSerializer.Deserialize<Resource>(text, Compact), []);
        }
        catch (DeserializationFailedException failed)
        {
            return Wanted<T>(failed.PartialResult, failed.Exceptions.Select(Told));
        }
        catch (JsonException)
        {
            return new FhirReading<T>(null, [FhirJsonPlaces.AtStart(FhirJsonIssueCode.NotJson)]);
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

    public static bool JsonEquals(Base one, Base other) => JsonComparison.AreEqual(ToBytes(one), ToBytes(other));

    public static List<Extension> PrimitiveExtensions(Base owner, string member, int? index = null)
    {
        var primitives = owner.NamedChildren.Where(child => child.ElementName == member).Select(child => child.Value).OfType<PrimitiveType>();

        return primitives.ElementAtOrDefault(index ?? 0)?.Extension ?? throw new InvalidOperationException($"{owner.TypeName}.{member} has no value to extend; set one first.");
    }

    private static FhirReading<T> Wanted<T>(Base? read, IEnumerable<FhirJsonIssue> told)
        where T : Resource
    {
        List<FhirJsonIssue> issues = [.. told];
        if (read is not null)
            LetGo(read, read.TypeName, issues);

        return read is null or T ? new FhirReading<T>(read as T, issues) : new FhirReading<T>(null, [.. issues, FhirJsonPlaces.AtStart(FhirJsonIssueCode.AnotherResource)]);
    }

    // Where a value is not of its type or a code not of its list, Firely keeps the raw text and throws when it is asked for the value; in lists it leaves null.
    private static void LetGo(Base it, string path, List<FhirJsonIssue> issues)
    {
        if (it is PrimitiveType { ObjectValue: { } raw } primitive && !Fits(primitive, raw))
        {
            primitive.ObjectValue = null;
            if (!issues.Exists(issue => issue.Path == path))
                issues.Add(FhirJsonPlaces.AtStart(primitive.GetType().IsGenericType ? FhirJsonIssueCode.UnknownCode : FhirJsonIssueCode.NotKept) with { Path = path });
        }

        foreach (var (name, value) in it.AsReadOnlyDictionary())
        {
            if (value is Base child)
                LetGo(child, $"{path}.{name}", issues);
            if (value is not IList items || value is byte[])
                continue;
            for (var at = items.Count - 1; at >= 0; at--)
            {
                if (items[at] is Base item)
                    LetGo(item, $"{path}.{name}[{at}]", issues);
                else if (items.GetType().GetGenericArguments()[0] is var type && type.IsSubclassOf(typeof(PrimitiveType)))
                    items[at] = Activator.CreateInstance(type);
                else
                    items.RemoveAt(at);
            }
        }
    }

    private static bool Fits(PrimitiveType primitive, object raw) => primitive switch
    {
        FhirBoolean => raw is bool,
        Integer or PositiveInt or UnsignedInt => raw is int,
        Integer64 => raw is long,
        FhirDecimal => raw is decimal,
        Instant => raw is DateTimeOffset,
        Base64Binary => raw is byte[],
        _ when primitive.GetType() is { IsGenericType: true } code => raw is string text && EnumUtility.ParseLiteral(text, code.GetGenericArguments()[0]) is not null,
        _ => raw is string,
    };

    // Whatever Firely would stop at or throw for: the same faults at the same places as ours tells.
    private static (FhirJsonIssueCode Code, long Place)? NoObject(ReadOnlySpan<byte> text, int maxDepth)
    {
        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                return (FhirJsonIssueCode.NotAnObject, 0);

            while (json.Read())
            {
            }

            return null;
        }
        catch (JsonException)
        {
            var isOpening = text[(int)json.BytesConsumed..].TrimStart(" \t\r\n:,"u8) is [(byte)'{' or (byte)'[', ..];
            var depth = json.CurrentDepth + (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);

            return (isOpening && depth >= maxDepth ? FhirJsonIssueCode.TooDeep : FhirJsonIssueCode.NotJson, json.BytesConsumed);
        }
    }

    // Firely's own sentences repeat values, so only the kind of the fault and its place are taken from it.
    private static FhirJsonIssue Told(Exception fault)
    {
        var told = fault as ExtendedCodedException;
        var issue = FhirJsonPlaces.AtStart(CodeOf(told?.ErrorCode));

        return issue with
        {
            Path = told?.InstancePath is { Length: > 0 } path ? path : issue.Path,
            Line = (int)Math.Max(told?.LineNumber ?? 1, 1),
            Position = (int)Math.Max(told?.Position ?? 1, 1),
        };
    }

    // FhirJsonException's constants by their values.
    private static FhirJsonIssueCode CodeOf(string? code) => code switch
    {
        "JSON102" or "JSON103" => FhirJsonIssueCode.NoResourceType,
        "JSON107" => FhirJsonIssueCode.NotAnInstant,
        "JSON111" => FhirJsonIssueCode.NotAList,
        "JSON113" or "JSON114" or "JSON115" or "JSON116" or "JSON117" or "JSON118" => FhirJsonIssueCode.NotKept,
        "JSON120" or "JSON121" or "JSON125" => FhirJsonIssueCode.EmptyList,
        "JSON128" or "JSON129" => FhirJsonIssueCode.DuplicateMember,
        _ => FhirJsonIssueCode.WrongType,
    };
}
