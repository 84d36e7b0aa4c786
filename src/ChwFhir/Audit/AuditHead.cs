using System.Globalization;

namespace ChwFhir.Audit;

/// <summary>The last record of a chain at some moment, as the log has it: <c>main@120:9f86…</c>. What comes after it may differ; nothing before it may.</summary>
public sealed record AuditHead(string Chain, long Number, string Hash)
{
    public const string DefaultChain = "main";

    /// <summary><c>120:9f86…</c> is of the chain that a single instance has.</summary>
    public static AuditHead? Read(string text)
    {
        var at = text.LastIndexOf('@');
        var parts = text[(at + 1)..].Split(':');
        return parts is [var number, { Length: 64 } hash] && hash.All(char.IsAsciiHexDigit)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? new AuditHead(at < 0 ? DefaultChain : text[..at], n, hash.ToLowerInvariant())
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Chain}@{Number}:{Hash}");
}
