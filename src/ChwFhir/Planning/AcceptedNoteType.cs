using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>A document type that is not in the server's list gives way to the one that every list has. The site's own choice (<c>Mapping__NoteType</c>) is the type from the start.</summary>
internal static class AcceptedNoteType
{
    private const string Loinc = "http://loinc.org";
    private const string Code = "11506-3";

    public static Form Apply(Form form, EhrForms taken)
    {
        var document = (DocumentReference)form.Resource;
        if (document.Type is null || document.Type.Coding.Any(coding => taken.TakesNoteType(coding.System, coding.Code)) || !taken.TakesNoteType(Loinc, Code))
            return form;

        var copy = (DocumentReference)document.DeepCopy();
        copy.Type = new CodeableConcept { Coding = [new(Loinc, Code, "Progress note")], Text = document.Type.Text };
        return form.As(copy, $"as note type {Code}, since the server does not take {document.Type.Coding.FirstOrDefault()?.Code}");
    }

    /// <summary>Nothing when the last resort was refused as well.</summary>
    public static string? After(DocumentReference refused, EhrForms taken) =>
        refused.Type?.Coding.FirstOrDefault()?.Code is { } code && code != Code && !taken.RefusedNoteTypes.Contains(code) && taken.TakesNoteType(Loinc, Code) ? EhrForms.NoteType + code : null;
}
