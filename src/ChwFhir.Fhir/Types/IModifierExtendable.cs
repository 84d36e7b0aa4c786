namespace ChwFhir.Fhir.Model;

/// <summary>Whatever carries extensions that change its meaning and may not be overlooked.</summary>
public interface IModifierExtendable : IExtendable
{
    [AllowNull]
    List<Extension> ModifierExtension { get; set; }
}
