namespace ChwFhir.Fhir.Model;

public abstract partial class Element : Base, IExtendable
{
    private List<Extension>? _extension;

    /// <summary>The id inside the resource (<c>id</c>).</summary>
    public string? ElementId { get; set; }

    [AllowNull]
    public List<Extension> Extension { get => _extension ??= []; set => _extension = value; }

    private protected static readonly TypeFacts ElementFacts = new("Element", null, "", ["id 0..1 string", "extension 0..* Extension"]);

    internal override TypeFacts Facts => ElementFacts;

    internal override object? At(int element) => element switch
    {
        0 => ElementId,
        1 => _extension,
        _ => null,
    };

    private protected bool HasExtensions => _extension is { Count: > 0 };

    internal override void WriteMembers(Utf8JsonWriter to)
    {
        base.WriteMembers(to);
        Put(to, Names.Id, ElementId);
        PutList(to, Names.Extension, _extension);
    }

    internal override bool ReadMember(ref FhirReader json, ReadOnlySpan<byte> name, ref ulong seen)
    {
        switch (name.Length)
        {
            case 2:
                if (name.SequenceEqual("id"u8)) { if (json.First(ref seen, 0)) ElementId = json.Text(this, "id"); return true; }
                break;
            case 9:
                if (name.SequenceEqual("extension"u8)) { if (json.First(ref seen, 1)) for (var at = 0; json.Next(this, "extension", ref at);) Extension.Add(json.Item(new Extension())); return true; }
                break;
        }

        return base.ReadMember(ref json, name, ref seen);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        var to = (Element)copy;
        to.ElementId = ElementId;
        to._extension = Copied(_extension);
    }

    private protected override void AddChildren(List<Base> to) => Add(to, _extension);
}
