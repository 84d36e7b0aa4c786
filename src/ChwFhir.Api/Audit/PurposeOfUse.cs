using ChwFhir.Audit;

namespace ChwFhir.Api.Audit;

/// <summary>What somebody reads or writes for: <c>X-Purpose-Of-Use</c>, a code of v3-PurposeOfUse; treatment where nobody says.</summary>
internal static class PurposeOfUse
{
    public const string Header = "X-Purpose-Of-Use";

    public static readonly IReadOnlyList<string> Codes = ["TREAT", "ETREAT", "HPAYMT", "HOPERAT", "HMARKT", "HRESCH", "PATRQT", "FAMRQT", "PWATRNY", "SUPNWK", "PUBHLTH", "COVERAGE", "CAREMGT"];

    /// <summary>What is none of the codes is no purpose that can be recorded.</summary>
    public static bool IsKnown(HttpRequest request) => !request.Headers.TryGetValue(Header, out var given) || given is [{ } code] && Codes.Contains(code, StringComparer.Ordinal);

    public static string Of(HttpRequest request) => request.Headers.TryGetValue(Header, out var given) && IsKnown(request) ? given.ToString() : AuditRecord.Treatment;
}
