using System.Security.Cryptography;
using System.Text;

namespace ChwFhir.Delivery;

/// <summary>
/// What an EHR is called in addresses and on the desk: its host and port, and a few signs that tell two bases on one host apart. The same after every
/// start and on every instance; the path, which may hold a secret, is not in it.
/// </summary>
public static class EndpointName
{
    public static string Of(string baseUrl)
    {
        var address = new Uri(baseUrl);
        var host = address.IsDefaultPort ? address.Host : $"{address.Host}-{address.Port}";
        var plain = string.Concat(host.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '-')).Trim('-');
        return $"{plain}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(baseUrl)))[..4]}";
    }
}
