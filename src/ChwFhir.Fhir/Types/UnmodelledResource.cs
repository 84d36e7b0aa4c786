namespace ChwFhir.Fhir.Model;

/// <summary>A resource of a type that has no class here. It is kept whole; only its id and meta are looked at.</summary>
public sealed partial class UnmodelledResource(string typeName) : Resource
{
    public override string TypeName { get; } = typeName;
}
