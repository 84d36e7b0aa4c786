namespace ChwFhir.Fhir.Model;

public abstract partial class BackboneElement : Element, IModifierExtendable
{
    private List<Extension>? _modifierExtension;

    [AllowNull]
    public List<Extension> ModifierExtension { get => _modifierExtension ??= []; set => _modifierExtension = value; }
}
