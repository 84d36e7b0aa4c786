using System.Text.Json.Nodes;

namespace ChwFhir.Api.Fhir;

/// <summary>One key of <c>_sort</c> (R4, 3.1.1.5.1).</summary>
internal sealed record SortOrder(SearchParameter By, bool IsDescending)
{
    /// <summary>Null when it names what nobody can sort by here.</summary>
    public static IReadOnlyList<SortOrder>? Read(FhirType type, string value)
    {
        List<SortOrder> orders = [];
        foreach (var key in value.Split(',', StringSplitOptions.TrimEntries))
        {
            var name = key.TrimStart('-');
            if (key.Length - name.Length > 1 || type.Find(name) is not { } by)
                return null;
            orders.Add(new SortOrder(by, key.Length > name.Length));
        }
        return orders;
    }

    /// <summary>In this order; what lacks a key comes behind what has it, and equals stay as they were.</summary>
    public static IReadOnlyList<T> Sort<T>(IReadOnlyList<SortOrder> orders, IReadOnlyList<T> all, Func<T, JsonObject> show)
    {
        if (orders.Count == 0)
            return all;
        var keyed = all.Select(one => (One: one, Keys: KeysOf(orders, show(one))));
        IOrderedEnumerable<(T One, List<IComparable?> Keys)> sorted = keyed.OrderBy(_ => 0);
        for (var at = 0; at < orders.Count; at++)
        {
            var key = at;
            sorted = sorted.ThenBy(one => one.Keys[key] is null);
            sorted = orders[at].IsDescending ? sorted.ThenByDescending(one => one.Keys[key], Ordinal) : sorted.ThenBy(one => one.Keys[key], Ordinal);
        }
        return [.. sorted.Select(one => one.One)];
    }

    private static readonly Comparer<IComparable?> Ordinal = Comparer<IComparable?>.Create((one, other) => (one, other) switch
    {
        (string left, string right) => string.CompareOrdinal(left, right),
        (null, null) => 0,
        (null, _) => -1,
        _ => one.CompareTo(other),
    });

    private static List<IComparable?> KeysOf(IReadOnlyList<SortOrder> orders, JsonObject resource) => [.. orders.Select(order => order.KeyOf(resource))];

    // Of several values the one that comes first in this order.
    private IComparable? KeyOf(JsonObject resource)
    {
        var values = By.Paths.SelectMany(path => ElementPath.Values(resource, path)).Select(Key).OfType<IComparable>();
        return IsDescending ? values.Max(Ordinal) : values.Min(Ordinal);
    }

    private IComparable? Key(JsonNode node) => By.Kind switch
    {
        ParameterKind.Date => DateSpan.Of(node)?.From,
        ParameterKind.Reference => ElementPath.Text(node) ?? ElementPath.Text((node as JsonObject)?["reference"]),
        _ => node switch
        {
            JsonObject { } concept when concept["coding"] is JsonArray codings => codings.OfType<JsonObject>().Select(coding => ElementPath.Text(coding["code"])).FirstOrDefault(),
            JsonObject coded => ElementPath.Text(coded["code"]) ?? ElementPath.Text(coded["value"]),
            _ => ElementPath.Text(node) ?? node.ToJsonString(),
        },
    };
}
