using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Store;
using Microsoft.AspNetCore.WebUtilities;

namespace ChwFhir.Sandbox.Epic;

/// <summary>
/// A search in Epic's manner: required companions, warnings as entries of their own, pages under a <c>sessionID</c> that may hold fewer than asked
/// for and still have a next one, and a total that counts the page.
/// </summary>
internal sealed class EpicSearch(ServerAddress address, Searcher searcher, PagingSessions sessions)
{
    public FhirAnswer Answer(Session session, string type, FhirRequest request)
    {
        if (Pairs(request.Query).FirstOrDefault(pair => pair.Name == "sessionID").Value is not { } key)
        {
            Companions.Check(type, [.. Pairs(request.Query)]);
            return Page(session, type, request, request.Query, mark: null, number: 1);
        }
        var place = sessions.Find(key, type);
        return Page(session, type, request, place.Asked, place.Mark, place.Page);
    }

    private FhirAnswer Page(Session session, string type, FhirRequest request, string query, string? mark, int number)
    {
        List<(string Name, string Value)> asked = [.. Pairs(query)];
        var reach = request.Access.Require(type, 's');
        var patients = Patients(session, type, asked).ToList();
        foreach (var patient in patients)
            reach.Require(session, patient.Type, patient.Id);
        foreach (var patient in patients)
            ChartState.Refuse(session, patient, toldOf: 400);
        var question = Question.Read(type, mark is null ? Taken(asked) : $"?_page={mark}");
        var findings = searcher.Search(session, question, request.Access, counted: false);
        var (matches, next) = Cut(findings, question, number);
        var shown = matches.Where(match => !ChartState.IsHidden(session, match.Resource)).Select(match => match.Resource).ToList();

        var root = request.Base ?? address.Base;
        var links = new JsonArray(Link("self", request.Query.TrimStart('?')));
        if (findings.Next is not null)
            links.Add(Link("next", $"sessionID={sessions.Open(type, query, next?.Text(), number + 1)}"));
        var entries = new JsonArray([
            .. shown.Select(resource => Entry(root, resource, "match")),
            .. findings.Included.Where(resource => !ChartState.IsHidden(session, resource)).Select(resource => Entry(root, resource, "include"))]);
        List<JsonObject> remarks =
        [
            .. Suppressed.Issues(type, asked),
            .. shown.Count == 0 && findings.Next is null && number == 1 && !question.OnlyCount ? [Numbers.Issue("4101")] : Array.Empty<JsonObject>(),
            .. asked.Where(IsNotTaken).Select(pair => pair.Name).Concat(question.Unknown).Select(NotUsed),
            .. patients.Any(patient => ChartState.Has(session, patient, ChartState.MoreData)) ? [Numbers.Issue("4119")] : Array.Empty<JsonObject>()
        ];
        if (remarks.Count > 0)
            entries.Add(new JsonObject { ["fullUrl"] = $"urn:uuid:{Guid.CreateVersion7()}", ["resource"] = Outcome.Of(remarks), ["search"] = new JsonObject { ["mode"] = "outcome" } });
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["total"] = question.OnlyCount ? findings.Total : shown.Count, ["link"] = links };
        if (entries.Count > 0)
            bundle["entry"] = entries;
        return new(200, bundle.Text());

        JsonObject Link(string relation, string of) => new() { ["relation"] = relation, ["url"] = $"{root}/{type}?{of}" };
    }

    // Every other page that has a next one is one short, as where results are filtered after the page was cut: with _count=1 it is empty.
    private static (List<Found> Matches, PageMark? Next) Cut(Findings findings, Question question, int number)
    {
        List<Found> matches = [.. findings.Matches];
        if (findings.Next is not { } next || number % 2 == 0)
            return (matches, findings.Next);
        matches.RemoveAt(matches.Count - 1);
        return (matches, matches is [.., var last] ? next with { Keys = last.Keys, Row = last.Row } : question.After);
    }

    private static JsonObject Entry(Uri root, StoredResource resource, string mode) => new()
    {
        ["link"] = new JsonArray(new JsonObject { ["relation"] = "self", ["url"] = $"{root}/{resource.Reference}" }),
        ["fullUrl"] = $"{root}/{resource.Reference}",
        ["resource"] = EpicView.Of(resource),
        ["search"] = new JsonObject { ["mode"] = mode }
    };

    private IEnumerable<StoredResource> Patients(Session session, string type, IReadOnlyList<(string Name, string Value)> asked) =>
        from pair in asked
        where pair.Name is "patient" or "subject" or "patient:Patient" or "subject:Patient" || (type == "Patient" && pair.Name == "_id")
        from value in pair.Value.Split(',')
        let local = address.Local(value) ?? value
        where local.Split('/') is [_] or ["Patient", _]
        let patient = session.Find("Patient", local.Split('/')[^1])
        where patient is not null
        select patient;

    private static JsonObject NotUsed(string name) => Numbers.Issue("4122", $"The parameter {(name.Length > 60 ? name[..60] + "…" : name)} was not used.");

    private static string Taken(IEnumerable<(string Name, string Value)> asked) =>
        "?" + string.Join('&', asked.Where(pair => !IsNotTaken(pair)).Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));

    private static bool IsNotTaken((string Name, string Value) pair) => pair.Name is "_revinclude" or "_include:iterate" or "_page" or "_tag" or "_security" or "_profile" or "_source";

    private static IEnumerable<(string Name, string Value)> Pairs(string query)
    {
        foreach (var pair in new QueryStringEnumerable(query))
            yield return (pair.DecodeName().ToString(), pair.DecodeValue().ToString());
    }
}
