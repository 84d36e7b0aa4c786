using System.Text;

namespace ChwFhir.Fhir.Generator;

/// <summary>Names as the Firely .NET SDK forms them, so that code written for either model reads the same.</summary>
internal static class Naming
{
    private static readonly Dictionary<string, string> RenamedTypes = new()
    {
        ["boolean"] = "FhirBoolean",
        ["dateTime"] = "FhirDateTime",
        ["decimal"] = "FhirDecimal",
        ["string"] = "FhirString",
        ["uri"] = "FhirUri",
        ["url"] = "FhirUrl",
        ["xhtml"] = "XHtml",
        ["Reference"] = "ResourceReference",
    };

    private static readonly Dictionary<string, string> RenamedEnums = new()
    {
        ["http://hl7.org/fhir/ValueSet/claim-use"] = "ClaimUseCode",
        ["http://hl7.org/fhir/ValueSet/variable-type"] = "VariableTypeCode",
        ["http://hl7.org/fhir/ValueSet/group-measure"] = "GroupMeasureCode",
        ["http://hl7.org/fhir/ValueSet/verificationresult-status"] = "StatusCode",
        ["http://hl7.org/fhir/ValueSet/exposure-state"] = "ExposureStateCode",
    };

    public static string Class(string fhirType) => RenamedTypes.TryGetValue(fhirType, out var renamed) ? renamed : Pascal(fhirType);

    public static string Property(string element, string enclosingClass)
    {
        var name = Pascal(element);

        return name == enclosingClass ? name + "_" : name;
    }

    public static string Enum(string valueSet, string name) =>
        RenamedEnums.TryGetValue(valueSet, out var renamed)
            ? renamed
            : string.Concat(name.Split(' ', '_', '-', '.').Where(part => part.Length > 0).Select(Pascal));

    /// <summary>Members in the order of the codes; a name met twice gets a number.</summary>
    public static IEnumerable<string> EnumMembers(IEnumerable<string> codes)
    {
        var seen = new Dictionary<string, int>();
        foreach (var code in codes)
        {
            var name = EnumMember(code);
            var times = seen[name] = seen.GetValueOrDefault(name) + 1;
            yield return times == 1 ? name : $"{name}_{times}";
        }
    }

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string EnumMember(string code)
    {
        switch (code)
        {
            case "=": return "Equal";
            case "!=": return "NotEqual";
            case "<": return "LessThan";
            case "<=": return "LessOrEqual";
            case ">=": return "GreaterOrEqual";
            case ">": return "GreaterThan";
        }

        var parts = code.TrimStart('_').Split(' ', '-').Where(part => part.Length > 0).Select(Pascal);
        var name = new StringBuilder(string.Concat(parts)).Replace('.', '_').Replace('(', '_').Replace(')', '_').Replace('/', '_').Replace('+', '_').ToString();

        return char.IsDigit(name[0]) ? "N" + name : name;
    }
}
