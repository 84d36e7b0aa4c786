using System.Text.Json.Nodes;

namespace ChwFhir.Planning;

/// <summary>A goal's words are the patient's: another's wording is put beside them as a note and never in their place.</summary>
internal static class MergeWords
{
    public static void Apply(MergeWork work, string name)
    {
        if (name == "description" && IsPatients(work.Merged) && !IsPatients(work.Visit))
        {
            PutBeside(work);
            return;
        }
        if (name == "expressedBy" && IsPatients(work.Merged) && !IsPatients(work.Visit))
            return;

        work.Newest(name, name);
    }

    private static bool IsPatients(JsonObject goal) => ((string?)goal["expressedBy"]?["reference"])?.Contains("Patient/", StringComparison.Ordinal) is true;

    private static void PutBeside(MergeWork work)
    {
        var words = (string?)work.Visit["description"]?["text"];
        if (words is null || words == (string?)work.Merged["description"]?["text"])
            return;

        if (!MergeWork.List(work.Merged, "note").Any(note => (string?)note?["text"] == words))
            MergeWork.Append(work.Merged, "note", new JsonObject { ["text"] = words });
    }
}
