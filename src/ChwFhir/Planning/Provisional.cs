using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>Conditions only as <c>provisional</c>: a clinician who finds one among their own must see at once that none has assessed it.</summary>
internal static class Provisional
{
    private const string FirstLine = "Reported by a CHW, not assessed by a clinician";
    private const string System = "http://terminology.hl7.org/CodeSystem/condition-ver-status";

    // Servers that hold problems back for a clinician take one remark, of this length at most.
    private const int LongestNote = 450;

    public static Form Apply(Form form, EhrForms taken)
    {
        if (!taken.ProvisionalOnly)
            return form;

        var condition = (Condition)form.Resource;
        if (condition.Code?.Coding.Count is not > 0)
            return form.Not("EHR takes a condition only with a code");

        var copy = (Condition)condition.DeepCopy();
        copy.VerificationStatus = new CodeableConcept(System, "provisional");
        copy.Note = [new Annotation { Text = Remark(condition) }];
        return form.As(copy, "as provisional, reported by a CHW");
    }

    private static string Remark(Condition condition)
    {
        var whole = string.Join('\n', condition.Note.Select(note => note.Text).Prepend(FirstLine));
        return whole.Length <= LongestNote ? whole : FirstLine;
    }
}
