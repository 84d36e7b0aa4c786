using System.Globalization;

namespace ChwFhir.Planning;

/// <summary>Names under which a note keeps what a document before it has in the EHR: <c>earlier/note</c>, <c>earlier.2/plan</c>. It is not the note's own: whoever takes the note back leaves it.</summary>
internal static class Earlier
{
    private const string Start = "earlier";

    public static string Key(int place, string name) => place == 0 ? $"{Start}/{name}" : string.Create(CultureInfo.InvariantCulture, $"{Start}.{place + 1}/{name}");

    public static bool Is(string key) => key.StartsWith(Start + "/", StringComparison.Ordinal) || key.StartsWith(Start + ".", StringComparison.Ordinal);

    public static bool IsDocument(string key) => Is(key) && key.EndsWith("/" + Planner.DocumentKey, StringComparison.Ordinal);
}
