namespace ChwFhir.Fhir.Tests.Model;

/// <summary>
/// What the product calls of the model besides its elements, as our model has it, with where the Firely .NET SDK 5 has the same (files under
/// <c>src/Hl7.Fhir.Base</c> of FirelyTeam/firely-net-sdk, as they were about 5.10). An addition here needs such a place.
/// </summary>
internal static class FirelyBehaviour
{
    public static readonly HashSet<string> Calls =
    [
        // Model/Generated/Base.cs: TypeName, Children and DeepCopy() are virtual members of Base; DeepCopy gives an IDeepCopyable.
        "Base.get_TypeName()", "Base.get_Children()", "Base.DeepCopy()",

        // Model/PrimitiveType.cs: object ObjectValue. Model/Generated/FhirString.cs and the like: a constructor with the value, and Value; no bases between.
        "PrimitiveType.get_ObjectValue()", "TextPrimitive.get_Value()", "IntegerPrimitive.get_Value()", "FhirBoolean.get_Value()", "FhirDecimal.get_Value()", "Instant.get_Value()",
        "Code..ctor(String)", "Date..ctor(String)", "FhirDateTime..ctor(String)", "FhirString..ctor(String)", "FhirDecimal..ctor(Decimal?)", "Integer..ctor(Int32?)",

        // Model/CodeableConcept.cs: (system, code, text = null) and (system, code, display, text). Nothing is null that has no default.
        "CodeableConcept..ctor(String, String, String)", "CodeableConcept..ctor(String, String, String, String)",

        // Model/Coding.cs: (system, code) and (system, code, display); all may be null.
        "Coding..ctor(String, String, String)",

        // Model/Extension.cs: (url, value), neither null.
        "Extension..ctor(String, DataType)",

        // Firely's documentation of its model: (system, value), and (reference, display = null). Not seen with their marks for null: neither first one is null.
        "Identifier..ctor(String, String)", "ResourceReference..ctor(String, String)",

        // Model/ExtensionExtensions, in the namespace of the model: extensions of IExtendable with the url; GetExtensionValue<T> where T is a DataType.
        "ExtensionExtensions.GetExtension(IExtendable, String)", "ExtensionExtensions.GetExtensions(IExtendable, String)", "ExtensionExtensions.GetExtensionValue(IExtendable, String)",

        // Utility/EnumUtility.cs: GetLiteral(this Enum), ParseLiteral<T>(rawValue, ignoreCase = false), which throws for null.
        "EnumUtility.GetLiteral(T)", "EnumUtility.ParseLiteral(String)",
    ];
}
