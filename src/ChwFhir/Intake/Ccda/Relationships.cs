using System.Collections.Frozen;

namespace ChwFhir.Intake.Ccda;

/// <summary>Who somebody is to the patient: the document's own word, else that of HL7's RoleCode or the role's class.</summary>
internal static class Relationships
{
    private static readonly FrozenDictionary<string, string> Roles = new Dictionary<string, string>
    {
        ["MTH"] = "mother", ["FTH"] = "father", ["PRN"] = "parent", ["NMTH"] = "mother", ["NFTH"] = "father", ["STPMTH"] = "stepmother", ["STPFTH"] = "stepfather", ["GRMTH"] = "grandmother", ["GRFTH"] = "grandfather",
        ["GRPRN"] = "grandparent", ["HUSB"] = "husband", ["WIFE"] = "wife", ["SPS"] = "spouse", ["DOMPART"] = "partner", ["SIGOTHR"] = "partner", ["CHILD"] = "child", ["SON"] = "son", ["DAU"] = "daughter", ["SONC"] = "son",
        ["DAUC"] = "daughter", ["NCHILD"] = "child", ["SIB"] = "sibling", ["BRO"] = "brother", ["SIS"] = "sister", ["UNCLE"] = "uncle", ["AUNT"] = "aunt", ["COUSN"] = "cousin", ["NEPHEW"] = "nephew", ["NIECE"] = "niece",
        ["GRNDCHILD"] = "grandchild", ["GRNDSON"] = "grandson", ["GRNDDAU"] = "granddaughter", ["FRND"] = "friend", ["NBOR"] = "neighbor", ["ROOM"] = "roommate", ["EXT"] = "relative", ["FAMMEMB"] = "family member",
        ["GUARD"] = "guardian", ["CAREGIVER"] = "caregiver", ["NOK"] = "next of kin", ["ECON"] = "emergency contact", ["AGNT"] = "agent", ["CON"] = "contact", ["POWATT"] = "power of attorney", ["HPOWATT"] = "health care power of attorney",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string? Of(CdaElement code, string role)
    {
        if (CleanText.OneLine(code.Attribute("displayName")) is { } said)
            return said;
        if (code["originalText"].Words is { } words)
            return words;
        return Roles.GetValueOrDefault(code.Code ?? "") ?? Roles.GetValueOrDefault(role);
    }
}
