using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ChwFhir.Intake.Summaries;

/// <summary>
/// A document's number as an id that no other system's document has: <c>&lt;who gave it&gt;_&lt;number&gt;</c>, as C-CDA's root and extension. Who numbers alike is told apart by it;
/// alone a document goes by its plain number (<see cref="SummaryHeaders.Fit"/>).
/// </summary>
internal static class DocumentNumber
{
    private const int Longest = 64;
    private const int MostOfNumber = 47;

    private static readonly SearchValues<char> InId = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>The same for the same number of the same system for ever; what an id cannot hold is named by a hash behind the number.</summary>
    public static string? WithSystem(PersonIdentifier number)
    {
        if (SummaryHeaders.Fit(number.Value) is not { } fit)
            return null;

        var id = $"{Short(number.System)}_{number.Value}";
        return id.Length <= Longest && id[0] != '_' && id.AsSpan().IndexOfAnyExcept(InId) < 0
            ? id
            : $"{fit[..Math.Min(fit.Length, MostOfNumber)]}.{Hash($"{number.System}|{number.Value}")}";
    }

    private static string Short(string system)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["urn:oid:", "urn:uuid:", Hl7.Hl7Identifiers.Named])
        {
            if (system.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return system[prefix.Length..];
        }

        return system;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
