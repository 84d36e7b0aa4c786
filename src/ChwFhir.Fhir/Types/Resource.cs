namespace ChwFhir.Fhir.Model;

public abstract partial class Resource : Base
{
    public string? Id { get; set; }

    public Meta? Meta { get; set; }

    public string? ImplicitRules { get; set; }

    public string? Language { get; set; }

    private protected static readonly TypeFacts ResourceFacts = new(
        "Resource", null, "", ["id 0..1 id", "meta 0..1 Meta", "implicitRules 0..1 uri", "language 0..1 code ∈ http://hl7.org/fhir/ValueSet/all-languages"]);

    internal override TypeFacts Facts => ResourceFacts;

    internal override object? At(int element) => element switch
    {
        0 => Id,
        1 => Meta,
        2 => ImplicitRules,
        3 => Language,
        _ => null,
    };

    internal override void WriteMembers(Utf8JsonWriter to)
    {
        Put(to, Names.ResourceType, TypeName.Length == 0 ? null : TypeName);
        Put(to, Names.Id, Id);
        Put(to, Names.Meta, Meta);
        Put(to, Names.ImplicitRules, ImplicitRules);
        Put(to, Names.Language, Language);
    }

    internal override bool ReadMember(ref FhirReader json, ReadOnlySpan<byte> name, ref ulong seen)
    {
        switch (name.Length)
        {
            case 2:
                if (name.SequenceEqual("id"u8)) { if (json.First(ref seen, 1)) Id = json.Text(this, "id"); return true; }
                break;
            case 4:
                if (name.SequenceEqual("meta"u8)) { if (json.First(ref seen, 2)) Meta = json.Object(new Meta(), this, "meta"); return true; }
                break;
            case 8:
                if (name.SequenceEqual("language"u8)) { if (json.First(ref seen, 4)) Language = json.Text(this, "language"); return true; }
                break;
            case 12:
                if (name.SequenceEqual("resourceType"u8)) { if (json.First(ref seen, 0)) json.Text(this, "resourceType"); return true; }
                break;
            case 13:
                if (name.SequenceEqual("implicitRules"u8)) { if (json.First(ref seen, 3)) ImplicitRules = json.Text(this, "implicitRules"); return true; }
                break;
        }

        return base.ReadMember(ref json, name, ref seen);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        var to = (Resource)copy;
        to.Id = Id;
        to.Meta = Copied(Meta);
        to.ImplicitRules = ImplicitRules;
        to.Language = Language;
    }

    private protected override void AddChildren(List<Base> to) => Add(to, Meta);
}
