using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Patients;
using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using Microsoft.Extensions.Primitives;

namespace ChwFhir.Api.Fhir;

/// <summary>Searches of one type in the record of a patient whom the caller may see.</summary>
internal sealed class FhirSearches(Records records, PatientAccess access, EhrConnection ehr, PageSeal seal, FhirBase address)
{
    private const string Strict = "strict";
    private const int MostOwners = 20;

    public async Task<IResult> AnswerAsync(FhirType type, IEnumerable<KeyValuePair<string, StringValues>> given, bool isPost, HttpContext context, CancellationToken cancellationToken)
    {
        var parameters = given.SelectMany(one => one.Value, (one, value) => new KeyValuePair<string, string>(one.Key, value ?? "")).ToList();
        PageMark? mark = null;
        if (parameters.FirstOrDefault(one => one.Key == FhirQuery.Page).Value is { } page)
        {
            if (seal.Open(context.Caller(), page) is not { } opened || opened.Type != type.Name)
                return Refused([new NoteFault($"http.{FhirQuery.Page}", "invalid", "The address of a page, as a link of the page before gave it to you.")]);
            (mark, parameters) = (opened, [.. opened.Parameters]);
        }

        List<NoteFault> faults = [];
        if (FhirQuery.Read(type, parameters, ehr.Id, faults) is not { } query)
            return Refused(faults);
        if (query.Ignored.Count > 0 && IsStrict(context.Request))
            return Refused(query.Ignored);
        var (patients, refusal) = await PatientsAsync(query, context, cancellationToken);
        if (refusal is not null)
            return refusal;

        List<ShownRecord> shown = [];
        List<RecordEntry> matches = [];
        var (withheld, heldBack, notMapped) = (0, 0, 0);
        foreach (var patient in patients)
        {
            AuditTrail.Of(context).Concerns(patient);
            var record = await records.GatherAsync(ChartDoor.CallerOf(context), patient, cancellationToken);
            var theirs = new ShownRecord(record, ehr.Id);
            shown.Add(theirs);
            matches.AddRange(theirs.Of(type.Name).Where(entry => query.Criteria.All(criterion => criterion.IsMetBy(theirs.Show(entry)))));
            (withheld, heldBack, notMapped) = (withheld + record.Withheld, heldBack + record.HeldBack, notMapped + record.NotMapped);
        }

        var rest = mark is { Ticks: { } ticks, After: { } after } ? matches.Where(entry => entry.When.UtcTicks < ticks || (entry.When.UtcTicks == ticks && string.CompareOrdinal(entry.Id, after) > 0)).ToList() : matches;
        var here = rest.Take(query.Count).ToList();
        var next = query.Count > 0 && rest.Count > here.Count ? seal.Close(context.Caller(), new PageMark(type.Name, query.Understood, here[^1].When.UtcTicks, here[^1].Id)) : null;

        var root = $"{address.Of(context.Request)}/{type.Name}";
        // A search that was posted says nothing in an address, its pages do not either.
        var self = isPost || mark is not null ? $"?{FhirQuery.Page}={seal.Close(context.Caller(), mark ?? new PageMark(type.Name, query.Understood, null, null))}" : QueryString.Create(query.Understood.Select(one => new KeyValuePair<string, string?>(one.Key, one.Value))).Value;
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
            ["total"] = matches.Count,
            ["link"] = new JsonArray([Link("self", root + self), .. next is null ? Array.Empty<JsonNode>() : [Link("next", $"{root}?{FhirQuery.Page}={next}")]]),
        };
        var entries = new JsonArray();
        foreach (var entry in here)
            entries.Add(Entry(context, shown.First(one => one.Find(ShownRecord.Reference(entry)) is not null).Show(entry), "match"));
        foreach (var included in shown.SelectMany(one => Included(one, here, query.Inclusions)))
            entries.Add(Entry(context, included, "include"));
        if (Told(query, withheld, heldBack, notMapped) is { Count: > 0 } issues)
            entries.Add(new JsonObject { ["resource"] = Outcomes.Of(issues), ["search"] = new JsonObject { ["mode"] = "outcome" } });
        if (entries.Count > 0)
            bundle["entry"] = entries;
        return new FhirResult(bundle);
    }

    // Whoever asks for a patient by name is told no like everywhere; what an id or identifier leads to counts as not there.
    private async Task<(IReadOnlyList<string> Patients, IResult? Refusal)> PatientsAsync(FhirQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        if (query.Patient is { } id)
            return ([$"Patient/{id}"], await ChartDoor.RefusalAsync(id, context, access, cancellationToken));
        if (!query.Ids.Concat(query.Identifiers).Any())
            return ([], Refused([new NoteFault("http.patient", "required", "Whose: patient, or _id, or an identifier of this service.")]));

        HashSet<string> owners = new(StringComparer.Ordinal);
        foreach (var one in query.Ids.Take(MostOwners))
        {
            if (await records.OwnerAsync(one, cancellationToken) is { } owner)
                owners.Add(owner.Patient);
        }
        foreach (var one in query.Identifiers.Take(MostOwners))
        {
            if (await records.OwnerByIdentifierAsync(one, cancellationToken) is { } owner)
                owners.Add(owner);
        }
        List<string> theirs = [];
        foreach (var owner in owners.Where(owner => owner.StartsWith("Patient/", StringComparison.Ordinal)))
        {
            switch (await ChartDoor.RefusalAsync(owner["Patient/".Length..], context, access, cancellationToken))
            {
                case null: theirs.Add(owner); break;
                case IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound }: break;
                case var refusal: return ([], refusal);
            }
        }
        return (theirs, null);
    }

    private static List<JsonObject> Included(ShownRecord record, IReadOnlyList<RecordEntry> matches, IReadOnlyList<Inclusion> inclusions)
    {
        var seen = matches.Select(ShownRecord.Reference).ToHashSet(StringComparer.Ordinal);
        var included = new List<JsonObject>();
        var from = matches.Where(entry => record.Find(ShownRecord.Reference(entry)) is not null).ToList();
        for (var round = 0; from.Count > 0; round++)
        {
            List<RecordEntry> found = [];
            foreach (var inclusion in inclusions.Where(one => round == 0 || one.Iterates))
                found.AddRange((inclusion.IsReverse ? Pointing(record, from, inclusion) : PointedAt(record, from, inclusion)).Where(entry => seen.Add(ShownRecord.Reference(entry))).ToList());
            included.AddRange(found.Select(record.Show));
            from = found;
        }
        return included;
    }

    private static IEnumerable<RecordEntry> PointedAt(ShownRecord record, IReadOnlyList<RecordEntry> from, Inclusion inclusion) =>
        from.SelectMany(entry => References(record, entry, inclusion)).Select(record.Find).OfType<RecordEntry>();

    private static IEnumerable<RecordEntry> Pointing(ShownRecord record, IReadOnlyList<RecordEntry> to, Inclusion inclusion)
    {
        var targets = to.Select(ShownRecord.Reference).ToHashSet(StringComparer.Ordinal);
        return record.All.Where(entry => References(record, entry, inclusion).Any(targets.Contains));
    }

    private static IEnumerable<string> References(ShownRecord record, RecordEntry entry, Inclusion inclusion) =>
        FhirTypes.Find(entry.Resource.TypeName) is { } type ? inclusion.From(type, record.Show(entry)) : [];

    private static List<JsonObject> Told(FhirQuery query, int withheld, int heldBack, int notMapped)
    {
        List<JsonObject> issues = [.. query.Ignored.Select(fault => Outcomes.Issue("warning", "not-supported", fault.Detail, "ignored", fault.Pointer))];
        if (withheld > 0)
            issues.Add(Outcomes.Issue("information", "suppressed", $"{withheld} of this patient's resources are not shown to you for their labels.", "withheld", null));
        if (heldBack > 0)
            issues.Add(Outcomes.Issue("information", "suppressed", $"{heldBack} parts of this patient's notes are held back from the chart, and are not here. Those whom they are for read them at the note (/held).", "held", null));
        if (notMapped > 0)
            issues.Add(Outcomes.Issue("information", "incomplete", $"{notMapped} of this patient's notes have not become FHIR yet.", "not-yet", null));
        return issues;
    }

    private JsonObject Entry(HttpContext context, JsonObject resource, string mode) => new()
    {
        ["fullUrl"] = $"{address.Of(context.Request)}/{ElementPath.Text(resource["resourceType"])}/{ElementPath.Text(resource["id"])}",
        ["resource"] = resource,
        ["search"] = new JsonObject { ["mode"] = mode },
    };

    private static JsonObject Link(string relation, string url) => new() { ["relation"] = relation, ["url"] = url };

    private static bool IsStrict(HttpRequest request) => request.Headers["Prefer"].SelectMany(value => (value ?? "").Split(',', ';')).Any(word => word.Replace(" ", "", StringComparison.Ordinal).Equals($"handling={Strict}", StringComparison.OrdinalIgnoreCase));

    private static IResult Refused(IReadOnlyList<NoteFault> faults) => Problems.Of(StatusCodes.Status400BadRequest, "bad-parameter", "The search cannot be answered as it was asked.", ("errors", faults));
}
