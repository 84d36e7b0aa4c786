using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Mapping.Summaries;

/// <summary>Parts of a summary as people read them: the document's own words, with what else it says of them behind.</summary>
internal static class SummaryWords
{
    internal static string Of(DocumentRelation relation) => relation switch
    {
        DocumentRelation.Appends => "adds to",
        DocumentRelation.Transforms => "is another form of",
        _ => "replaces",
    };

    internal static string Of(SummaryInstruction instruction) => instruction.Title is { } title ? $"{title}: {instruction.Text}" : instruction.Text;

    internal static string Of(WarningSign sign)
    {
        var action = sign.Action is { } what ? Action(what) : null;
        var more = Phrases.Joined(action, sign.Phone is { } phone && !sign.Text.Contains(phone, StringComparison.Ordinal) ? phone : null);
        return more.Length == 0 ? sign.Text : $"{sign.Text} ({more})";
    }

    internal static string Of(SummaryFollowUp followUp) => More(followUp.Text,
        followUp.With is { } with ? $"with {with}" : null, followUp.Start is { } start ? FhirTime.Readable(start) : null, followUp.Phone is { } phone ? $"phone {phone}" : null);

    internal static string Of(PendingTest test) => More(test.Text, test.Due is { } due ? $"due {FhirTime.Readable(due)}" : null);

    internal static string Of(SummaryGoal goal) => More(goal.Text, goal.Start is { } start ? $"from {FhirTime.Readable(start)}" : null, goal.Due is { } due ? $"due {FhirTime.Readable(due)}" : null);

    internal static string Of(SummaryMedication medicine) => More(medicine.Text,
        medicine.Change is { } change ? Words.Of(change) : null, medicine.Status is { } status && medicine.Change is null ? Phrases.Plain(status) : null, medicine.Instructions,
        medicine.Start is { } start ? $"from {FhirTime.Readable(start)}" : null, medicine.End is { } end ? $"until {FhirTime.Readable(end)}" : null);

    internal static string Of(SummaryDiagnosis diagnosis) => More(diagnosis.Text,
        diagnosis.Code?.Code, diagnosis.Status is { } status ? Phrases.Plain(status) : null, diagnosis.Onset is { } onset ? $"since {FhirTime.Readable(onset)}" : null);

    internal static string Of(SummaryConcern concern) => More(concern.Text, concern.Code?.Code, concern.Status is { } status ? Phrases.Plain(status) : null);

    internal static string Of(SummaryPerson person) => Phrases.Joined(person.Name, person.Relationship, person.Phone);

    internal static string Action(WarningAction action) => action switch
    {
        WarningAction.CallClinic => "call the clinic",
        WarningAction.CallNurseLine => "call the nurse line",
        WarningAction.CallHospice => "call hospice",
        WarningAction.GoToEd => "go to the emergency department",
        _ => "call 911",
    };

    // What stands in the words already is not said twice.
    private static string More(string text, params ReadOnlySpan<string?> parts)
    {
        var more = "";
        foreach (var part in parts)
            more = part is null || text.Contains(part, StringComparison.OrdinalIgnoreCase) ? more : Phrases.Joined(more, part);
        return more.Length == 0 ? text : $"{text} ({more})";
    }
}
