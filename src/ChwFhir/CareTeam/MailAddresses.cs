using System.Net.Mail;

namespace ChwFhir.CareTeam;

internal static class MailAddresses
{
    /// <summary>A bare address: no name, no list, no line break.</summary>
    public static bool IsOne(string text) => MailAddress.TryCreate(text, out var address) && address.Address == text;
}
