using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>Long-lived parts are kept under the value of their identifier: <c>patient/programme/key</c>.</summary>
internal static class LongLivedKeys
{
    private static readonly string[] Kinds = ["goal/", "concern/", "referral/", "caregiver/"];

    public static string Of(MappedResource resource) => resource.Identity.Value!;

    /// <summary>Whether other visits may speak of what a row stands for.</summary>
    public static bool Is(ResourceRow row) =>
        row.Key == "care-plan" || Kinds.Any(kind => row.Key.StartsWith(kind, StringComparison.Ordinal)) || (row.Key == "encounter" && row.Identity?.Contains("/visit/", StringComparison.Ordinal) is true);
}
