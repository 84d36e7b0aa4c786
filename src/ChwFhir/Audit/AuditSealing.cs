using System.Text;

namespace ChwFhir.Audit;

/// <summary>
/// What of a record is stored, and by what it is found: the one place where what tells of a person can be made unreadable. The chain goes over the stored
/// bytes, so that it can be verified without a key.
/// </summary>
internal sealed class AuditSealing
{
    /// <summary>By which a patient's or a person's records are found.</summary>
    public string Key(string value) => value;

    public ReadOnlyMemory<byte> Seal(ReadOnlyMemory<byte> body) => body;

    /// <summary>The canonical form that was sealed.</summary>
    public ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> stored) => stored;

    /// <summary>The chain before its first record.</summary>
    public static byte[] Origin(string chain) => System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"chwfhir-audit/1\n{chain}"));
}
