using System.Globalization;
using ChwFhir.Ehr;

namespace ChwFhir.Delivery;

/// <summary>How writing goes on this EHR, in sentences.</summary>
internal static class CheckLimits
{
    public static IEnumerable<string> Of(EhrCapabilities capabilities, EhrOptions options) =>
    [
        (capabilities.Transaction, capabilities.TransactionEntries) switch
        {
            (true, { } most) => string.Create(CultureInfo.InvariantCulture, $"a note is written in transactions of at most {most} resources"),
            (true, null) => "a note is written in one transaction",
            _ => "a note is written resource by resource: no transactions",
        },
        capabilities.RequiresEncounter ? "the EHR makes its own encounters, and files no note without one" : "the EHR takes new encounters",
        capabilities.ConditionalCreate("DocumentReference") ? "a repeated write is recognised by the EHR (If-None-Exist)" : "a repeated write would make a second one: the ledger alone guards it",
        capabilities.SearchesBy("DocumentReference", "identifier") && !capabilities.Forms.TextOnly ? "a lost answer is looked for by our identifier" : "a lost answer is looked for by the last line of the note",
        capabilities.Updates("CarePlan") ? "a care plan lives on across visits (If-Match)" : "no care plan is updated: what changes stands in the note",
        capabilities.Forms.NoteTypes is { } types ? string.Create(CultureInfo.InvariantCulture, $"{types.Count} types of notes are taken") : "the EHR does not list the types of notes that it takes",
        string.Create(CultureInfo.InvariantCulture, $"{options.Concurrency} requests at once, each at most {options.RequestTimeout.Value.TotalSeconds} s"),
    ];
}
