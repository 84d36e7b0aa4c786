namespace ChwFhir.Fhir.Model;

/// <summary>Whatever carries extensions.</summary>
public interface IExtendable
{
    [AllowNull]
    List<Extension> Extension { get; set; }
}
