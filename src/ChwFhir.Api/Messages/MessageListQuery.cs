using System.Globalization;
using ChwFhir.CareTeam;
using ChwFhir.Queue;

namespace ChwFhir.Api.Messages;

/// <summary>Reads the filters of the inbox strictly: a filter that is mistyped must not show everything.</summary>
internal static class MessageListQuery
{
    private const int Most = 200;
    private static readonly string[] Known = ["to", "state", "patient", "limit", "cursor"];
    public static readonly string[] States = ["open", "mine", "closed"];

    /// <returns>Null with a sentence that says what is wrong.</returns>
    public static MessageQuery? Read(IQueryCollection parameters, out string fault)
    {
        fault = "";
        var query = new MessageQuery();
        foreach (var (name, values) in parameters)
        {
            var value = values.ToString();
            (query, fault) = (name, value) switch
            {
                _ when values.Count > 1 => (query, $"{Named(name)} stands more than once."),
                ("to", { Length: > 0 and <= 200 }) => (query with { To = value }, ""),
                ("to", _) => (query, "to: a word as nurse, or a FHIR reference."),
                ("patient", { Length: > 0 and <= 200 }) => (query with { Patient = value }, ""),
                ("patient", _) => (query, "patient: a FHIR reference, as Patient/…."),
                ("state", _) when States.Contains(value) => (query with { State = value }, ""),
                ("state", _) => (query, $"state: one of {string.Join(", ", States)}."),
                ("limit", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Most => (query with { Limit = limit }, ""),
                ("limit", _) => (query, $"limit: a whole number from 1 to {Most}."),
                ("cursor", _) when MessageCursor.IsOne(value) => (query with { Cursor = value }, ""),
                ("cursor", _) => (query, "cursor: the next of the page before."),
                _ => (query, $"{Named(name)} is no filter of this list; there are {string.Join(", ", Known)}."),
            };
            if (fault.Length > 0)
                return null;
        }
        return query;
    }

    // Only a plain word is repeated: anything else may be somebody's name.
    private static string Named(string name) =>
        name.Length <= 24 && name.All(char.IsAsciiLetterLower) ? name : "A query parameter";
}
