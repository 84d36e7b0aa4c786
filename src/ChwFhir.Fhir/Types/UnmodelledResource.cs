namespace ChwFhir.Fhir.Model;

/// <summary>
/// A resource of a type that has no class here. It is kept whole and written as it was read; only its id, meta, implicit rules and language are looked at.
/// The type name is empty when the JSON had none.
/// </summary>
public sealed partial class UnmodelledResource(string typeName) : Resource
{
    public override string TypeName { get; } = typeName;

    internal override bool KeepsAll => true;

    private protected override Base New() => new UnmodelledResource(TypeName);
}
