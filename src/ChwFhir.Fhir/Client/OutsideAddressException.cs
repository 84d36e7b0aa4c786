namespace ChwFhir.Fhir.Client;

/// <summary>An address that somebody else named was not spoken to. The message repeats nothing of it.</summary>
public sealed class OutsideAddressException(string message) : HttpRequestException(HttpRequestError.ConnectionError, message);
