namespace ChwFhir.Fhir.Model;

/// <summary>What may stand where a definition lets several types stand.</summary>
public abstract partial class DataType : Element;
