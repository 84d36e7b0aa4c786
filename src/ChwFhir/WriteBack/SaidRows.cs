using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>What the visits said of long-lived resources, from and to the store.</summary>
internal static class SaidRows
{
    public static Said Read(LongLivedRow row) => new(FhirJson.Parse<Resource>(row.Body.Span), row.Times ?? new Dictionary<string, DateTimeOffset>())
    {
        FirstWords = row.FoldedText,
        Seen = Resource(row.Seen),
        Applied = Resource(row.Applied),
        Withdrawn = row.Withdrawn,
    };

    /// <summary>The same, beside the EHR's resource: the version that we wrote is as we wrote it, however the server writes it down.</summary>
    public static Said Read(LongLivedRow row, Resource inEhr) =>
        row.Version is { } version && version == inEhr.Meta?.VersionId ? Read(row) with { Seen = inEhr } : Read(row);

    /// <summary>What the visits said of something that the EHR has no place for, where the note no longer speaks of it.</summary>
    public static LongLivedRow Forgotten(string key, string type, Said? others, Resource last, DateTimeOffset visitTime) =>
        new(key, type, null, null, FhirJson.ToBytes(others?.Body ?? last), others?.Times.Values.Append(visitTime).Max() ?? visitTime, others is null ? null : others.FirstWords) { Times = others?.Times, Withdrawn = others is null };

    /// <summary>The rows to keep with a write: of the resources in it, and of those that this note folds or repeats.</summary>
    /// <param name="placeOf">Where a resource stands by now, by its full URL.</param>
    public static IReadOnlyList<LongLivedRow> Of(IEnumerable<PlanStep> steps, WritePlan plan, MappedNote mapped, DateTimeOffset visitTime, Func<string, (string Reference, string? Version)?> placeOf)
    {
        var byKey = mapped.Resources.ToDictionary(resource => resource.Key);
        return [.. steps.Where(step => step.Said is not null).Select(step => Row(step, byKey.GetValueOrDefault(step.Key)))];

        LongLivedRow Row(PlanStep step, MappedResource? resource)
        {
            var place = step.FullUrl is null ? null : placeOf(step.FullUrl);
            var body = Bytes(step.Said!.Body)!.Value;
            return new LongLivedRow(resource is null ? Identities.Parse(step.Identity!).Value! : LongLivedKeys.Of(resource), step.Type, place?.Reference ?? step.Reference, place?.Version ?? step.Version, body,
                step.Said.Times.Values.Append(visitTime).Max(), step.Said.FirstWords ?? resource?.FoldedText)
            {
                Times = step.Said.Times,
                // What the first visit says is what the EHR gets.
                Seen = ReferenceEquals(step.Said.Seen, step.Said.Body) ? body : Bytes(step.Said.Seen),
                Applied = Bytes(step.Said.Applied),
                Withdrawn = step.Said.Withdrawn,
            };
        }

        ReadOnlyMemory<byte>? Bytes(Resource? body) => body is null ? default(ReadOnlyMemory<byte>?) : FhirJson.ToBytes(PlacedReferences.Lasting(body, plan, urn => placeOf(urn)?.Reference));
    }

    private static Resource? Resource(ReadOnlyMemory<byte>? json) => json is { } body ? FhirJson.Parse<Resource>(body.Span) : null;
}
