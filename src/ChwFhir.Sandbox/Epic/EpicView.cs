using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>A resource as this server shows it: nothing of when and in which version it was stored, and no text inline.</summary>
internal static class EpicView
{
    public static JsonObject Of(StoredResource stored)
    {
        var shown = Json.Stored(stored.Json);
        shown.Remove("meta");
        if (stored.Type == "DocumentReference")
            NoteContent.PointToBinaries(shown, stored.Id);
        return shown;
    }

    /// <summary>The number in the header <c>E-Tag</c>, which is what it is called there and no version that could be matched.</summary>
    public static string ETag(StoredResource stored) => (stored.Updated.ToUnixTimeMilliseconds() % 1_000_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
