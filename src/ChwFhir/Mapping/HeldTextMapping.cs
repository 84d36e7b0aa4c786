using System.Text;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>Held words, kept as a document that never leaves the service unless somebody releases it.</summary>
internal static class HeldTextMapping
{
    internal static void Map(Draft draft)
    {
        if (draft.Holds.Narrative && draft.Note.Narrative is { } narrative)
            Add(draft, "held/narrative", "Narrative", narrative);
        for (var i = 0; i < draft.Note.Sections.Count; i++)
        {
            if (draft.Holds.Of(draft.Note.Sections[i]))
                Add(draft, $"held/section/{i + 1}", draft.Note.Sections[i].Title, draft.Note.Sections[i].Text);
        }
    }

    private static void Add(Draft draft, string key, string title, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var document = DocumentMapping.Blank(draft);
        document.Type = Concepts.Of(Systems.Loinc, "11506-3", "Progress note");
        document.Description = title;
        document.Content.Add(new DocumentReference.ContentComponent
        {
            Attachment = new Attachment { ContentType = "text/plain", Language = draft.Note.Language, Data = bytes, Size = bytes.Length, Hash = DocumentMapping.Hash(bytes), Title = title },
        });
        draft.Add(draft.TakeKey(key), document, held: true);
    }
}
