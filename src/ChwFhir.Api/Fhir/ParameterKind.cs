namespace ChwFhir.Api.Fhir;

/// <summary>How a search parameter is compared (R4, 3.1.1.4).</summary>
internal enum ParameterKind
{
    Token,
    Date,
    Reference,
}
