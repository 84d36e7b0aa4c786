using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>
/// One text attachment only: the <c>text/plain</c> content alone. Author, relations and our identifier are left out, since such servers keep none of them:
/// the first line of the text says who wrote it, its last line is how it is found again.
/// </summary>
internal static class PlainTextAlone
{
    /// <summary>Elements whose refusal is mended by this form.</summary>
    public static readonly string[] Elements = ["content", "attachment", "contenttype", "author", "relatesto", "identifier", "custodian"];

    public static Form Apply(Form form, EhrForms taken)
    {
        if (!taken.TextOnly)
            return form;

        var document = (DocumentReference)form.Resource;
        if (document.Content.FirstOrDefault(content => content.Attachment?.ContentType?.StartsWith("text/plain", StringComparison.Ordinal) is true) is not { } text)
            return form.Not("EHR takes documents of plain text only");

        var copy = (DocumentReference)document.DeepCopy();
        copy.Content = [(DocumentReference.ContentComponent)text.DeepCopy()];
        copy.Author = [];
        copy.RelatesTo = [];
        copy.Identifier = [];
        copy.Custodian = null;
        OwnProfiles.Unclaim(copy);
        return form.As(copy, "as plain text alone, without author, relations and identifier");
    }
}
