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
internal sealed class FhirSearches(Records records, ShownRecords shownRecords, PatientAccess access, EhrConnection ehr, PageSeal seal, FhirBase address)
{
    private const string Strict = "strict", MessageType = "Communication";
    private const int MostIds = 100, MostNotes = 50, MostPatients = 20;

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
        List<Match> found = [];
        foreach (var patient in patients)
        {
            AuditTrail.Of(context).Concerns(patient);
            shown.Add(await shownRecords.NotesAsync(ChartDoor.CallerOf(context), patient, cancellationToken));
            if (type.Name == MessageType)
                shown.Add(await shownRecords.MessagesAsync(ChartDoor.CallerOf(context), patient, cancellationToken));
        }
        foreach (var record in shown)
            found.AddRange(record.Of(type.Name).Select(entry => new Match(record, entry)).Where(match => query.Criteria.Count == 0 || Meets(query, match)));
        var matches = SortOrder.Sort(query.Sort, [.. found.OrderByDescending(match => match.Entry.When).ThenBy(match => match.Entry.Id, StringComparer.Ordinal)], match => match.Read());

        var before = mark is { After: not null } ? Before(matches, mark, query.Sort.Count > 0) : 0;
        var here = matches.Skip(before).Take(query.Count).ToList();
        var next = query.Count > 0 && matches.Count > before + here.Count ? seal.Close(context.Caller(), new PageMark(type.Name, query.Understood, here[^1].Entry.When.UtcTicks, here[^1].Entry.Id, before + here.Count)) : null;

        var root = $"{address.Of(context.Request)}/{type.Name}";
        // A search that was posted says nothing in an address, its pages do not either.
        var self = isPost || mark is not null ? $"?{FhirQuery.Page}={seal.Close(context.Caller(), mark ?? new PageMark(type.Name, query.Understood, null, null))}" : QueryString.Create(query.Understood.Select(one => new KeyValuePair<string, string?>(one.Key, one.Value))).Value;
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
        };
        if (!query.IsWithoutTotal)
            bundle["total"] = matches.Count;
        bundle["link"] = new JsonArray([Link("self", root + self), .. next is null ? Array.Empty<JsonNode>() : [Link("next", $"{root}?{FhirQuery.Page}={next}")]]);
        var entries = new JsonArray();
        foreach (var match in here)
            entries.Add(Entry(context, query.Excerpt is { } excerpt ? excerpt.Of(type, match.Read()) : match.Read(), "match"));
        foreach (var included in shown.SelectMany(one => Included(one, [.. here.Where(match => match.Of == one).Select(match => match.Entry)], query.Inclusions)))
            entries.Add(Entry(context, included, "include"));
        if (Told(query, shown.Sum(one => one.Withheld), shown.Sum(one => one.HeldBack), shown.Sum(one => one.NotMapped)) is { Count: > 0 } issues)
            entries.Add(new JsonObject { ["resource"] = Outcomes.Of(issues), ["search"] = new JsonObject { ["mode"] = "outcome" } });
        if (entries.Count > 0)
            bundle["entry"] = entries;
        return new FhirResult(bundle);
    }

    private sealed record Match(ShownRecord Of, RecordEntry Entry)
    {
        public JsonObject Read() => Of.Show(Entry).Read();
    }

    private static bool Meets(FhirQuery query, Match match)
    {
        var resource = match.Read();
        return query.Criteria.All(criterion => criterion.IsMetBy(resource));
    }

    // How many of these stood on the pages before: those up to the last of them, which may itself be gone by now.
    private static int Before(IReadOnlyList<Match> matches, PageMark mark, bool isSorted)
    {
        for (var at = 0; at < matches.Count; at++)
        {
            if (matches[at].Entry.Id == mark.After)
                return at + 1;
        }
        return isSorted ? mark.Shown : matches.Count(match => match.Entry.When.UtcTicks > mark.Ticks || (match.Entry.When.UtcTicks == mark.Ticks && string.CompareOrdinal(match.Entry.Id, mark.After) <= 0));
    }

    // Whoever asks for a patient by name is told no like everywhere; what an id or identifier leads to counts as not there.
    private async Task<(IReadOnlyList<string> Patients, IResult? Refusal)> PatientsAsync(FhirQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        // The address of a next page says them all again.
        if (query.Ids.Count() > MostIds)
            return ([], Refused([new NoteFault("http._id", "too-costly", $"At most {MostIds} ids.")]));
        if (query.Patient is { } id)
            return ([$"Patient/{id}"], await ChartDoor.RefusalAsync(id, context, access, cancellationToken));
        // Ids of one note have one owner.
        var (ids, identifiers) = (query.Ids.DistinctBy(RecordIds.NumberOf).ToList(), query.Identifiers.Distinct().ToList());
        if (ids.Count + identifiers.Count == 0)
            return ([], Refused([new NoteFault("http.patient", "required", "Whose: patient, or _id, or an identifier of this service.")]));
        if (ids.Count + identifiers.Count > MostNotes)
            return ([], Refused([new NoteFault("http._id", "too-costly", $"Resources of at most {MostNotes} notes, where no patient is named.")]));

        HashSet<string> owners = new(StringComparer.Ordinal);
        foreach (var one in ids)
        {
            if (await records.OwnerAsync(one, cancellationToken) is { } owner)
                owners.Add(owner.Patient);
        }
        foreach (var one in identifiers)
        {
            if (await records.OwnerByIdentifierAsync(one, cancellationToken) is { } owner)
                owners.Add(owner);
        }
        owners.RemoveWhere(owner => !owner.StartsWith("Patient/", StringComparison.Ordinal));
        if (BreakGlass.ReasonOf(context) is { } reason)
            return await InEmergencyAsync(owners, reason, context, cancellationToken);

        List<string> theirs = [];
        foreach (var owner in owners)
        {
            switch (await ChartDoor.RefusalAsync(owner["Patient/".Length..], context, access, cancellationToken))
            {
                case null: theirs.Add(owner); break;
                case IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound }: break;
                case var refusal: return ([], refusal);
            }
        }
        return theirs.Count > MostPatients ? ([], Refused([new NoteFault("http._id", "too-costly", $"Resources of at most {MostPatients} patients.")])) : (theirs, null);
    }

    // A reason is about one patient; a list of numbers is no emergency.
    private async Task<(IReadOnlyList<string> Patients, IResult? Refusal)> InEmergencyAsync(HashSet<string> owners, string reason, HttpContext context, CancellationToken cancellationToken)
    {
        if (owners.Count == 1)
            return ([.. owners], await ChartDoor.RefusalAsync(owners.Single()["Patient/".Length..], context, access, cancellationToken));
        BreakGlass.Record(context, reason);
        if (owners.Count == 0)
            return ([], null);
        foreach (var owner in owners)
            AuditTrail.Of(context).Refuse(owner, "one-patient-at-a-time");
        return ([], Refused([new NoteFault("http._id", "invalid", $"With {BreakGlass.Header} one patient at a time: these ids are of more than one.")]));
    }

    private static List<JsonObject> Included(ShownRecord record, IReadOnlyList<RecordEntry> matches, IReadOnlyList<Inclusion> inclusions)
    {
        var seen = matches.Select(ShownRecord.Reference).ToHashSet(StringComparer.Ordinal);
        var included = new List<JsonObject>();
        var from = matches.ToList();
        var read = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        for (var round = 0; from.Count > 0; round++)
        {
            List<RecordEntry> found = [];
            foreach (var inclusion in inclusions.Where(one => round == 0 || one.Iterates))
                found.AddRange((inclusion.IsReverse ? Pointing(record, from, inclusion, read) : PointedAt(record, from, inclusion, read)).Where(entry => seen.Add(ShownRecord.Reference(entry))).ToList());
            included.AddRange(found.Select(entry => record.Show(entry).Read()));
            from = found;
        }
        return included;
    }

    private static IEnumerable<RecordEntry> PointedAt(ShownRecord record, IReadOnlyList<RecordEntry> from, Inclusion inclusion, Dictionary<string, JsonObject> read) =>
        from.SelectMany(entry => References(record, entry, inclusion, read)).Select(record.Find).OfType<RecordEntry>();

    private static IEnumerable<RecordEntry> Pointing(ShownRecord record, IReadOnlyList<RecordEntry> to, Inclusion inclusion, Dictionary<string, JsonObject> read)
    {
        var targets = to.Select(ShownRecord.Reference).ToHashSet(StringComparer.Ordinal);
        return record.All.Where(entry => References(record, entry, inclusion, read).Any(targets.Contains));
    }

    // Each is read once, however many inclusions go through it.
    private static IEnumerable<string> References(ShownRecord record, RecordEntry entry, Inclusion inclusion, Dictionary<string, JsonObject> read)
    {
        if (!inclusion.IsFrom(entry.Resource.TypeName) || FhirTypes.Find(entry.Resource.TypeName) is not { } type)
            return [];
        if (!read.TryGetValue(ShownRecord.Reference(entry), out var resource))
            read[ShownRecord.Reference(entry)] = resource = record.Show(entry).Read();
        return inclusion.From(type, resource);
    }

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
