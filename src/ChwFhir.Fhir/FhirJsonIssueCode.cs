namespace ChwFhir.Fhir;

/// <summary>What can be odd about JSON that is read as FHIR.</summary>
public enum FhirJsonIssueCode
{
    /// <summary>No JSON: nothing is read.</summary>
    NotJson,

    /// <summary>Bytes that are no UTF-8: nothing is read.</summary>
    NotUtf8,

    /// <summary>Deeper than the limit: nothing is read.</summary>
    TooDeep,

    /// <summary>Bigger than the limit: nothing is read.</summary>
    TooBig,

    /// <summary>No object at the top, or nothing at all: nothing is read.</summary>
    NotAnObject,

    /// <summary>A resource of another type than was asked for: nothing is read.</summary>
    AnotherResource,

    /// <summary>A resource without its type; inside another it is kept whole.</summary>
    NoResourceType,

    /// <summary>A member that the type does not have; kept.</summary>
    UnknownMember,

    /// <summary>The same member twice, or two types for one element; the first counts.</summary>
    DuplicateMember,

    /// <summary>A value of another JSON type than the member's; kept, and taken where its meaning is plain.</summary>
    WrongType,

    /// <summary>One value where a list belongs; taken as a list of one.</summary>
    NotAList,

    /// <summary>A list with nothing in it.</summary>
    EmptyList,

    /// <summary>A code that its value set does not have; kept.</summary>
    UnknownCode,

    /// <summary>An instant without time or offset; kept.</summary>
    NotAnInstant,

    /// <summary>Text with half a character; kept.</summary>
    BrokenText,

    /// <summary>A member or a resource that the Firely SDK's classes have no place for: lost, so whatever is passed on from here lacks it. Never told of our own classes.</summary>
    NotKept,
}
