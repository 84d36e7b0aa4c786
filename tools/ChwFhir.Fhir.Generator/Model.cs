namespace ChwFhir.Fhir.Generator;

/// <summary>A type as it is to be written: one file.</summary>
internal sealed record TypeModel(ClassModel Root, List<ClassModel> Components, List<EnumModel> Enums)
{
    public IEnumerable<ClassModel> Classes => [Root, .. Components];
}

/// <summary>A class of a type: the type itself or one of its components.</summary>
internal sealed record ClassModel(string Name, string TypeName, string Base, bool IsResource, List<ElementModel> Elements, List<string> Invariants)
{
    /// <summary>Whether it is one of the types that may stand in a choice element.</summary>
    public bool IsChoice { get; set; }
}

internal enum ElementKind
{
    Text,
    Boolean,
    Integer,
    Long,
    Decimal,
    Bytes,
    Instant,
    Enum,
    Complex,
    Resource,
    Choice,
}

/// <summary>An element. <paramref name="Type"/> is the class, enum or .NET type of one value; <paramref name="Kinds"/> what a choice may hold; <paramref name="Rule"/> what validation asks of it.</summary>
internal sealed record ElementModel(string Name, string Property, ElementKind Kind, string Type, bool IsList, List<string> Kinds, string Facts, string Rule)
{
    public bool IsPrimitive => Kind is not (ElementKind.Complex or ElementKind.Resource or ElementKind.Choice);

    public string Field => "_" + Name;
}

/// <summary>A value set with a closed list of codes. <paramref name="Owner"/> is null for an enum that several types share.</summary>
internal sealed record EnumModel(string Name, string? Owner, string ValueSet, List<(string System, string Code)> Codes)
{
    public string FullName => Owner is null ? Name : $"{Owner}.{Name}";
}
