using ChwFhir.Testing;

namespace ChwFhir.Journeys.Identity;

/// <summary>The table of every route by role, as the README of the API has it.</summary>
internal static class RouteTable
{
    public const string Begin = "<!-- every route by role: a test holds this table against the routes -->", End = "<!-- /every route by role -->";
    public const string Everybody = "without signing in";

    public static readonly string[] Roles = ["chw", "clinician", "nurse", "social-worker", "supervisor", "director", "privacy", "integration"];

    public static string Text()
    {
        var readme = File.ReadAllText(Repository.Path("src", "ChwFhir.Api", "README.md"));
        var (begin, end) = (readme.IndexOf(Begin, StringComparison.Ordinal), readme.IndexOf(End, StringComparison.Ordinal));
        return begin < 0 || end < begin ? "" : readme[(begin + Begin.Length)..end].Trim();
    }

    /// <summary>Who may call which route; a route that is for everybody has <see cref="Everybody"/>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Rows() => Text().Split('\n').Skip(2)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1].Trim('`'), IReadOnlyList<string> (cells) => cells[2] == Everybody ? [Everybody] : [.. Roles.Where((_, place) => cells[place + 2] == "yes")]);

    public static string Of(IEnumerable<(string Route, IReadOnlyList<string> Roles)> routes) => string.Join('\n',
        [
            $"| route | {string.Join(" | ", Roles)} |",
            $"| --- |{string.Concat(Roles.Select(_ => " --- |"))}",
            .. routes.OrderBy(route => route.Route.Split(' ')[1], StringComparer.Ordinal).ThenBy(route => route.Route, StringComparer.Ordinal)
                .Select(route => $"| `{route.Route}` | {(route.Roles.Contains(Everybody) ? string.Join(" | ", Roles.Select((_, place) => place == 0 ? Everybody : "")) : string.Join(" | ", Roles.Select(role => route.Roles.Contains(role) ? "yes" : "")))} |"),
        ]);
}
