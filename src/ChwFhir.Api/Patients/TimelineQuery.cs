using System.Globalization;
using ChwFhir.Chart;

namespace ChwFhir.Api.Patients;

/// <summary>How much of a timeline, and from where on; a mistyped parameter is told.</summary>
internal sealed record TimelineQuery(int Limit, string? Cursor)
{
    private const int Usual = 50;

    /// <returns>Null with a sentence that says what is wrong.</returns>
    public static TimelineQuery? Read(IQueryCollection parameters, out string fault)
    {
        fault = "";
        var query = new TimelineQuery(Usual, null);
        foreach (var (name, values) in parameters)
        {
            var value = values.Count == 1 ? values.ToString() : "";
            switch (name)
            {
                case "limit" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Timelines.MostItems:
                    query = query with { Limit = limit };
                    break;
                case "limit":
                    fault = $"limit: a whole number from 1 to {Timelines.MostItems}.";
                    return null;
                case "cursor" when Timelines.IsCursor(value):
                    query = query with { Cursor = value };
                    break;
                case "cursor":
                    fault = "cursor: the next of the page before.";
                    return null;
                default:
                    fault = "A query parameter is none of this list's; there are limit, cursor.";
                    return null;
            }
        }
        return query;
    }
}
