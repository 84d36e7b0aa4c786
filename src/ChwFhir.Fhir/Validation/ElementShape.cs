namespace ChwFhir.Fhir.Model;

/// <summary>How the value of a member is held.</summary>
internal enum ElementShape
{
    Text,
    Texts,
    Other,
    Complex,
    ComplexList,
    Choice,
    Resource,
    ResourceList,
}
