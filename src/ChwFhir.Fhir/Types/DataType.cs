namespace ChwFhir.Fhir.Model;

/// <summary>What may stand where a definition lets several types stand.</summary>
public abstract partial class DataType : Element
{
    /// <summary>Which of the types of choice elements it is; 0 for one that never stands there.</summary>
    internal virtual DataKind Kind => 0;
}
