namespace ChwFhir.Fhir.Model;

/// <summary>Gives a copy of the same type that shares nothing that can change.</summary>
public interface IDeepCopyable
{
    IDeepCopyable DeepCopy();
}
