namespace ChwFhir.Fhir.Model;

public abstract partial class Resource : Base
{
    public string? Id { get; set; }

    public Meta? Meta { get; set; }

    public string? ImplicitRules { get; set; }

    public string? Language { get; set; }
}
