namespace ChwFhir.Fhir.Client;

/// <summary>What the body of an answer turned out to be, whatever its content type said.</summary>
public enum BodyKind
{
    /// <summary>Nothing, or white space.</summary>
    Empty,

    /// <summary>A FHIR resource in JSON.</summary>
    Fhir,

    /// <summary>A page: a proxy, a firewall or a gateway has spoken, not the FHIR server.</summary>
    Html,

    /// <summary>Anything else: plain text, FHIR in XML, other JSON, noise.</summary>
    Other,

    /// <summary>More than <see cref="FhirClientOptions.LargestAnswer"/>; not read to the end.</summary>
    TooLarge,

    /// <summary>The connection ended, or time ran out, before the body did.</summary>
    Cut,
}
