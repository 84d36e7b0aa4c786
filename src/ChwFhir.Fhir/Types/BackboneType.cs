namespace ChwFhir.Fhir.Model;

/// <summary>A data type whose meaning an extension can change: Timing, Dosage, ElementDefinition.</summary>
public abstract partial class BackboneType : DataType, IModifierExtendable
{
    private List<Extension>? _modifierExtension;

    [AllowNull]
    public List<Extension> ModifierExtension { get => _modifierExtension ??= []; set => _modifierExtension = value; }
}
