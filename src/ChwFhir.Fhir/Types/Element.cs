namespace ChwFhir.Fhir.Model;

public abstract partial class Element : Base, IExtendable
{
    private List<Extension>? _extension;

    /// <summary>The id inside the resource (<c>id</c>).</summary>
    public string? ElementId { get; set; }

    [AllowNull]
    public List<Extension> Extension { get => _extension ??= []; set => _extension = value; }
}
