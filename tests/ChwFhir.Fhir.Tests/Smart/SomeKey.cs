using System.Security.Cryptography;
using ChwFhir.Fhir.Smart;

namespace ChwFhir.Fhir.Tests.Smart;

internal static class SomeKey
{
    public static SmartKey Rsa(int bits = 2048) => SmartKey.Of(RSA.Create(bits));

    public static SmartKey Elliptic() => SmartKey.Of(ECDsa.Create(ECCurve.NamedCurves.nistP384));
}
