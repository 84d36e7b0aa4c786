using System.Text;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Audit;

/// <summary>
/// What of a record is stored, sealed, and by what it is found. The chain goes over the stored bytes. Records of before there were seals stand as they were
/// written: a chain is never written anew.
/// </summary>
internal sealed class AuditSealing(Vault vault)
{
    /// <summary>By which a patient's or a person's records are found.</summary>
    public string Key(string value) => vault.Seal(Secret.Person, value);

    /// <summary>A JSON array of all that it may stand as.</summary>
    public string Keys(string value) => Columns.Json([Key(value), value]);

    /// <summary>Whether a column says what the record says.</summary>
    public bool IsKey(string? column, string? value, ReadOnlySpan<byte> stored) => column == (value is null || IsClear(stored) ? value : Key(value));

    public ReadOnlyMemory<byte> Seal(ReadOnlyMemory<byte> body) => vault.Seal(Secret.AuditRecord, body.Span, RowName.Audit);

    /// <summary>The canonical form that was sealed.</summary>
    /// <param name="isOfBefore">It stands where records were written before there were seals.</param>
    /// <exception cref="SealBrokenException">It does not open, or stands in clear where none may.</exception>
    public ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> stored, bool isOfBefore) =>
        !IsClear(stored.Span) ? vault.Open(Secret.AuditRecord, stored.Span, RowName.Audit) : isOfBefore ? stored : throw vault.Broken(Secret.AuditRecord, RowName.Audit);

    /// <summary>What a record says; of one that is not what was written, that it cannot be read.</summary>
    public AuditRecord Read(ReadOnlyMemory<byte> stored, bool isOfBefore, DateTimeOffset at)
    {
        try
        {
            return AuditBody.Read(Open(stored, isOfBefore));
        }
        catch (Exception damaged) when (damaged is SealBrokenException or System.Text.Json.JsonException or InvalidDataException)
        {
            return AuditRecord.Unreadable(at);
        }
    }

    /// <summary>Written before there were seals: JSON, which no sealed value begins like.</summary>
    public static bool IsClear(ReadOnlySpan<byte> stored) => stored is [(byte)'{', ..];

    /// <summary>The chain before its first record.</summary>
    public static byte[] Origin(string chain) => System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"chwfhir-audit/1\n{chain}"));
}
