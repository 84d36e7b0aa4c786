using System.Globalization;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Api.VisitNotes;

/// <summary>Reads the filters of the list strictly: a filter that is mistyped must not show everything.</summary>
internal static class NoteListQuery
{
    private const int Most = 200;
    private static readonly string[] Known = ["patient", "author", "state", "since", "limit", "cursor"];
    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    /// <returns>Null with a sentence that says what is wrong.</returns>
    public static NoteQuery? Read(IQueryCollection parameters, out string fault)
    {
        fault = "";
        var query = new NoteQuery();
        foreach (var (name, values) in parameters)
        {
            fault = values.Count > 1 ? $"{Named(name)} stands more than once." : "";
            var value = values.ToString();
            switch (name)
            {
                case "patient" or "author" when value.Length is 0 or > 200:
                    fault = $"{name}: a FHIR reference, as Patient/… or Practitioner/….";
                    break;
                case "patient":
                    query = query with { Patient = value };
                    break;
                case "author":
                    query = query with { Author = value };
                    break;
                case "state" when Words.TryParse<NoteState>(value, out _):
                    query = query with { State = value };
                    break;
                case "state":
                    fault = $"state: one of {string.Join(", ", Words.All<NoteState>())}.";
                    break;
                case "since" when DateTimeOffset.TryParseExact(value, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since):
                    query = query with { Since = since };
                    break;
                case "since":
                    fault = "since: a time with its offset, as 2026-11-03T14:05:00-05:00 (in an address, + is written %2B).";
                    break;
                case "limit" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Most:
                    query = query with { Limit = limit };
                    break;
                case "limit":
                    fault = $"limit: a whole number from 1 to {Most}.";
                    break;
                case "cursor" when NoteCursor.TryRead(value, out _, out _):
                    query = query with { Cursor = value };
                    break;
                case "cursor":
                    fault = "cursor: the next of the page before.";
                    break;
                default:
                    fault = $"{Named(name)} is no filter of this list; there are {string.Join(", ", Known)}.";
                    break;
            }
            if (fault.Length > 0)
                return null;
        }
        return query;
    }

    // Only a plain word is repeated: anything else may be somebody's name.
    private static string Named(string name) =>
        name.Length <= 24 && name.All(char.IsAsciiLetterLower) ? name : "A query parameter";
}
