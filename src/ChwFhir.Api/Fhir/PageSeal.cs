using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ChwFhir.Access;
using Microsoft.AspNetCore.DataProtection;

namespace ChwFhir.Api.Fhir;

/// <summary>Addresses of pages: sealed, so that nothing of a search stands in them, and for the one who searched.</summary>
internal sealed class PageSeal(IDataProtectionProvider provider)
{
    private const int Longest = 8192;

    public string Close(Caller caller, PageMark mark) => Base64Url.EncodeToString(Of(caller).Protect(JsonSerializer.SerializeToUtf8Bytes(mark)));

    /// <returns>Null when it is none of this service's, or somebody else's.</returns>
    public PageMark? Open(Caller caller, string text)
    {
        try
        {
            return text.Length <= Longest ? JsonSerializer.Deserialize<PageMark>(Of(caller).Unprotect(Base64Url.DecodeFromChars(text))) : null;
        }
        catch (Exception foreign) when (foreign is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private IDataProtector Of(Caller caller) => provider.CreateProtector("ChwFhir.Fhir.Page", caller.Subject);
}
