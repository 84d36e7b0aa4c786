namespace ChwFhir.Fhir.Model;

/// <summary>What every resource, data type and component is.</summary>
public abstract partial class Base
{
    /// <summary>The FHIR name; of a component, the type's and its own: <c>Encounter#Participant</c>.</summary>
    public abstract string TypeName { get; }
}
