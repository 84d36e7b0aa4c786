using System.Security.Cryptography;
using System.Text;

namespace ChwFhir.Intake.Ccda;

/// <summary>The document's own identifier as an id of ours: 1–64 of <c>A-Za-z0-9._-</c>, the same for the same identifier for ever.</summary>
internal static class DocumentId
{
    private const int Longest = 64;

    public static string? Of(PersonIdentifier? identifier)
    {
        if (identifier is null)
            return null;
        var root = identifier.System == "urn:ietf:rfc:3986" ? "" : Short(identifier.System);
        var id = root.Length == 0 ? Short(identifier.Value) : $"{root}_{identifier.Value}";
        return Fits(id) ? id : "cda-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{identifier.System}|{identifier.Value}")))[..40];
    }

    private static string Short(string uri) => uri.StartsWith("urn:oid:", StringComparison.Ordinal) ? uri[8..] : uri.StartsWith("urn:uuid:", StringComparison.Ordinal) ? uri[9..] : uri;

    private static bool Fits(string id) => id.Length is > 0 and <= Longest && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');
}
