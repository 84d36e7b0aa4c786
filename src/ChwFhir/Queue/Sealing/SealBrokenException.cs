using System.Security.Cryptography;

namespace ChwFhir.Queue.Sealing;

/// <summary>A value in the store is not what was put there: changed, moved, or sealed with a key that is not here. Trying again helps nobody.</summary>
public sealed class SealBrokenException(string what, Exception? innerException = null) : CryptographicException($"The store has a {what} that its seal does not hold for.", innerException);
