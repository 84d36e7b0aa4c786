using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace ChwFhir.Sandbox.Search;

internal sealed record Found(long Row, StoredResource Resource, object[] Keys);

internal sealed record Findings(int? Total, IReadOnlyList<Found> Matches, IReadOnlyList<StoredResource> Included, PageMark? Next);

/// <summary>Answers a question from the index tables. What is held from the chart, or belongs to a restricted one, is not found.</summary>
internal sealed class Searcher(ServerAddress address)
{
    private const string Visible = "r.deleted = 0 AND r.held = 0 AND (r.patient IS NULL OR r.patient NOT IN (SELECT id FROM resource WHERE type = 'Patient' AND restricted = 1))";
    private const string Columns = "r.type, r.id, r.version, r.updated, r.deleted, r.json, r.patient, r.held, r.restricted, r.row";

    /// <param name="counted">Whether anybody wants to know how many there are in all.</param>
    public Findings Search(Session session, Question question, Access access, bool counted = true)
    {
        var reach = access.Require(question.Type, 's');
        RefuseOthers(session, question, reach);
        RefuseRestricted(session, question);
        int? total = (question.WithTotal && counted) || question.OnlyCount ? Total(session, question, reach) : null;
        if (question.OnlyCount)
            return new(total, [], [], null);
        var matches = Page(session, question, reach);
        var more = matches.Count > question.Count;
        if (more)
            matches.RemoveAt(matches.Count - 1);
        var next = more ? new PageMark(question.Understood, matches[^1].Keys, matches[^1].Row) : null;
        return new(total, matches, [.. Included(session, question, matches).Where(included => access.MaySee(session, included))], next);
    }

    /// <summary>The first matches of a conditional interaction; two are enough to know that it is not clear.</summary>
    public List<StoredResource> FirstTwo(Session session, string type, string query, Access access)
    {
        var question = Question.Read(type, query);
        if (question.Unknown.Count > 0)
            throw new Refusal(400, "not-supported", $"A condition cannot use what is no search parameter of {type} here: {string.Join(", ", question.Unknown)}.");
        if (question.Criteria.Count == 0 && question.Ids.Count == 0)
            throw new Refusal(412, "incomplete", "A condition needs at least one search parameter.");
        var where = Conditions(question, access.Require(type, 's'));
        return session.Sql.All($"SELECT {Columns} FROM resource r WHERE {where} ORDER BY r.row LIMIT 2", Session.Row, where.Values);
    }

    private int Total(Session session, Question question, Reach reach)
    {
        var where = Conditions(question, reach);
        return (int)(long)session.Sql.One($"SELECT count(*) FROM resource r WHERE {where}", where.Values)!;
    }

    private List<Found> Page(Session session, Question question, Reach reach)
    {
        var where = Conditions(question, reach);
        var keys = question.Sort.Select(key => (Sql: key.Expression(where, question.Type), key.Down)).ToList();
        keys.Add(("r.row", keys.Count > 0 && keys[^1].Down)); // of two written in one millisecond, "newest first" means the later one too
        if (question.After is { } after)
            where.And(Beyond(where, keys, [.. after.Keys, after.Row]));
        var columns = string.Concat(keys.SkipLast(1).Select(key => ", " + key.Sql));
        var order = string.Join(", ", keys.Select(key => key.Sql + (key.Down ? " DESC" : "")));
        return session.Sql.All($"SELECT {Columns}{columns} FROM resource r WHERE {where} ORDER BY {order} LIMIT {question.Count + 1}",
            row => new Found(row.GetInt64(9), Session.Row(row), Keys(row, keys.Count - 1)), where.Values);
    }

    private Where Conditions(Question question, Reach reach)
    {
        var where = new Where();
        where.And($"r.type = {where.Value(question.Type)} AND {Visible} AND {reach.Condition(where)}");
        foreach (var ids in question.Ids)
            where.And($"r.id IN ({string.Join(", ", Ids(ids).Select(id => where.Value(id)))})");
        foreach (var updated in question.Updated)
            where.And($"({updated.Sql(where, "r.updated", "(r.updated + 1)")})");
        foreach (var criterion in question.Criteria)
            criterion.Write(where, address);
        return where;
    }

    // a < x, or a = x and b < y, or …: right for keys that run in different directions, where a comparison of rows is not.
    private static string Beyond(Where where, List<(string Sql, bool Down)> keys, object[] last)
    {
        List<string> cases = [];
        for (var i = 0; i < keys.Count; i++)
        {
            var equal = string.Concat(keys.Take(i).Select((key, j) => $"{key.Sql} = {where.Value(last[j])} AND "));
            cases.Add($"({equal}{keys[i].Sql} {(keys[i].Down ? "<" : ">")} {where.Value(last[i])})");
        }
        return $"({string.Join(" OR ", cases)})";
    }

    private static object[] Keys(SqliteDataReader row, int count) =>
        [.. Enumerable.Range(10, count).Select(i => row.GetFieldType(i) == typeof(long) ? row.GetInt64(i) : (object)row.GetString(i))];

    private static List<StoredResource> Included(Session session, Question question, List<Found> matches)
    {
        Dictionary<string, StoredResource> included = [];
        foreach (var inclusion in question.Inclusions)
            foreach (var match in matches)
                foreach (var resource in inclusion.Back ? PointingAt(session, inclusion, match) : PointedAt(session, inclusion, match))
                    included.TryAdd(resource.Reference, resource);
        foreach (var match in matches)
            included.Remove(match.Resource.Reference);
        return [.. included.Values];
    }

    private static List<StoredResource> PointedAt(Session session, Inclusion inclusion, Found match) => session.Sql.All($"""
        SELECT {Columns} FROM ref f JOIN resource r ON r.type = f.target_type AND r.id = f.target
        WHERE f.row = $0 AND ($1 IS NULL OR f.param = $1) AND ($2 IS NULL OR f.target_type = $2) AND {Visible}
        """, Session.Row, match.Row, inclusion.Parameter, inclusion.Target);

    private static List<StoredResource> PointingAt(Session session, Inclusion inclusion, Found match) => session.Sql.All($"""
        SELECT {Columns} FROM ref f JOIN resource r ON r.row = f.row
        WHERE f.type = $0 AND f.param = $1 AND f.target = $2 AND f.target_type = $3 AND {Visible}
        """, Session.Row, inclusion.Source, inclusion.Parameter, match.Resource.Id, match.Resource.Type);

    // Whoever asks for a patient by name who is out of reach is told so; in wider searches such a chart is left out.
    private void RefuseOthers(Session session, Question question, Reach reach)
    {
        var asked = question.Type == "Patient" ? question.Ids.SelectMany(Ids) : [];
        var pointed = question.Criteria.Where(criterion => criterion.Parameter.Kind == ParameterKind.Reference && criterion.Modifier is not ("missing" or "identifier"))
            .SelectMany(criterion => criterion.Values.Select(value => Reference.Read(Escapes.Undo(value), address) is { Type: "Patient" } patient ? patient.Id
                : (criterion.Modifier ?? criterion.Parameter.Target) == "Patient" && !value.Contains('/', StringComparison.Ordinal) ? Escapes.Undo(value) : null));
        foreach (var patient in asked.Concat(pointed).OfType<string>())
            reach.Require(session, "Patient", patient);
    }

    // Whoever asks for a closed chart by its patient is told that it is closed; in wider searches it is left out.
    private void RefuseRestricted(Session session, Question question)
    {
        var asked = question.Type == "Patient" ? question.Ids.SelectMany(Ids) : [];
        var pointed = question.Criteria.Where(criterion => criterion.Parameter.Kind == ParameterKind.Reference && criterion.Modifier is not ("missing" or "identifier"))
            .SelectMany(criterion => criterion.Values).Select(value => address.Local(value) ?? value).Select(value => value.StartsWith("Patient/", StringComparison.Ordinal) ? value["Patient/".Length..] : value);
        if (asked.Concat(pointed).Any(session.IsRestricted))
            throw Restricted.Chart();
    }

    private static IEnumerable<string> Ids(string list) => Escapes.Split(list, ',').Where(id => id.Length > 0);
}
