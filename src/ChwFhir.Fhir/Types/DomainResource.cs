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

    private protected static readonly TypeFacts DomainFacts = new(
        "DomainResource", ResourceFacts, "dom-2 dom-3 dom-4 dom-5 dom-6?",
        ["text 0..1 Narrative", "contained 0..* Resource", "extension 0..* Extension", "modifierExtension 0..* Extension"]);

    internal override TypeFacts Facts => DomainFacts;

    internal override object? At(int element) => element switch
    {
        4 => Text,
        5 => _contained,
        6 => _extension,
        7 => _modifierExtension,
        _ => base.At(element),
    };

    internal override void WriteMembers(Utf8JsonWriter to)
    {
        base.WriteMembers(to);
        Put(to, Names.Text, Text);
        PutList(to, Names.Contained, _contained);
        PutList(to, Names.Extension, _extension);
        PutList(to, Names.ModifierExtension, _modifierExtension);
    }

    internal override bool ReadMember(ref FhirReader json, ReadOnlySpan<byte> name, ref ulong seen)
    {
        switch (name.Length)
        {
            case 4:
                if (name.SequenceEqual("text"u8)) { if (json.First(ref seen, 5)) Text = json.Object(new Narrative(), this, "text"); return true; }
                break;
            case 9:
                if (name.SequenceEqual("contained"u8)) { if (json.First(ref seen, 6)) for (var at = 0; json.Next(this, "contained", ref at);) Contained.Add(json.Resource()); return true; }
                if (name.SequenceEqual("extension"u8)) { if (json.First(ref seen, 7)) for (var at = 0; json.Next(this, "extension", ref at);) Extension.Add(json.Item(new Extension())); return true; }
                break;
            case 17:
                if (name.SequenceEqual("modifierExtension"u8)) { if (json.First(ref seen, 8)) for (var at = 0; json.Next(this, "modifierExtension", ref at);) ModifierExtension.Add(json.Item(new Extension())); return true; }
                break;
        }

        return base.ReadMember(ref json, name, ref seen);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        var to = (DomainResource)copy;
        to.Text = Copied(Text);
        to._contained = Copied(_contained);
        to._extension = Copied(_extension);
        to._modifierExtension = Copied(_modifierExtension);
    }

    private protected override void AddChildren(List<Base> to)
    {
        base.AddChildren(to);
        Add(to, Text);
        Add(to, _contained);
        Add(to, _extension);
        Add(to, _modifierExtension);
    }
}
