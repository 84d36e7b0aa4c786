namespace ChwFhir.Fhir.Model;

public abstract partial class DomainResource : Resource, IModifierExtendable
{
    private List<Resource>? _contained;
    private List<Extension>? _extension;
    private List<Extension>? _modifierExtension;

    public Narrative? Text { get; set; }

    [AllowNull]
    public List<Resource> Contained { get => _contained ??= []; set => _contained = value; }

    [AllowNull]
    public List<Extension> Extension { get => _extension ??= []; set => _extension = value; }

    [AllowNull]
    public List<Extension> ModifierExtension { get => _modifierExtension ??= []; set => _modifierExtension = value; }
}
