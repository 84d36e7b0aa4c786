using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.WriteBack;

/// <summary>Codes by which EHRs say that a chart, or the user before it, is the matter: states with names, never tried again by themselves.</summary>
internal static class PersonCodes
{
    private static readonly Dictionary<string, (string Word, string Detail)> Known = new()
    {
        ["4103"] = ("patient-deleted", "the EHR has deleted this chart"),
        ["4107"] = ("patient-merged", "the EHR has merged this chart into another"),
        ["4118"] = ("not-authorised", "the EHR does not let the service's user into this chart"),
        ["4130"] = ("break-the-glass", "the EHR wants a person to give a reason before this chart is opened"),
        ["4131"] = ("patient-restricted", "the chart is restricted"),
    };

    public static (string Word, string Detail)? Of(OperationOutcome? outcome)
    {
        foreach (var code in outcome?.Codes() ?? [])
            if (Known.TryGetValue(code, out var state))
                return state;
        return null;
    }
}
