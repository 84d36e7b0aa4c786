namespace ChwFhir.Fhir.Model;

/// <summary>A data type whose meaning an extension can change: Timing, Dosage, ElementDefinition.</summary>
public abstract partial class BackboneType : DataType, IModifierExtendable
{
    private List<Extension>? _modifierExtension;

    [AllowNull]
    public List<Extension> ModifierExtension { get => _modifierExtension ??= []; set => _modifierExtension = value; }

    private protected static readonly TypeFacts BackboneFacts = new("BackboneElement", ElementFacts, "", ["modifierExtension 0..* Extension"]);

    internal override TypeFacts Facts => BackboneFacts;

    internal override object? At(int element) => element == 2 ? _modifierExtension : base.At(element);

    internal override void WriteMembers(Utf8JsonWriter to)
    {
        base.WriteMembers(to);
        PutList(to, Names.ModifierExtension, _modifierExtension);
    }

    internal override bool ReadMember(ref FhirReader json, ReadOnlySpan<byte> name, ref ulong seen)
    {
        if (name.SequenceEqual("modifierExtension"u8)) { if (json.First(ref seen, 2)) for (var at = 0; json.Next(this, "modifierExtension", ref at);) ModifierExtension.Add(json.Item(new Extension())); return true; }

        return base.ReadMember(ref json, name, ref seen);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        ((BackboneType)copy)._modifierExtension = Copied(_modifierExtension);
    }

    private protected override void AddChildren(List<Base> to)
    {
        base.AddChildren(to);
        Add(to, _modifierExtension);
    }
}
