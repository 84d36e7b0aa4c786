using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Patients;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using Microsoft.Extensions.Primitives;

namespace ChwFhir.Api.Fhir;

/// <summary>Searches of one type in the record of a patient whom the caller may see: what is asked, what matches, one page of it, the Bundle.</summary>
internal sealed class FhirSearches(SearchedPatients searched, ShownRecords shownRecords, EhrConnection ehr, PageSeal seal, FhirBase address)
{
    private const int LongestLook = 60;
    private const string Strict = "strict", MessageType = "Communication";

    public async Task<IResult> AnswerAsync(FhirType type, IEnumerable<KeyValuePair<string, StringValues>> given, bool isPost, HttpContext context, CancellationToken cancellationToken)
    {
        if (!TryRead(type, given, context, out var query, out var mark, out var faults))
            return Refused(faults);
        var (patients, refusal) = await searched.OfAsync(query, context, cancellationToken);
        if (refusal is not null)
            return refusal;

        var records = await RecordsAsync(type, patients, context, cancellationToken);
        var page = MatchPage.Of(MatchPage.AllOf(records, query), query, mark);
        List<JsonObject> included = [.. Inclusions.Of(page.Matches, query.Inclusions)];
        var next = page.Next is { } behind ? Sealed(context, behind) : null;
        return new FhirResult(new SearchBundle(address.Of(context.Request), query).Of(page, included, Self(context, query, mark, isPost), next, Told(query, records)));
    }

    // What the address or the form asks for; of a page what was asked for before the first.
    private bool TryRead(FhirType type, IEnumerable<KeyValuePair<string, StringValues>> given, HttpContext context, [NotNullWhen(true)] out FhirQuery? query, out PageMark? mark, out List<NoteFault> faults)
    {
        (query, mark, faults) = (null, null, []);
        var parameters = given.SelectMany(one => one.Value, (one, value) => new KeyValuePair<string, string>(one.Key, value ?? "")).ToList();
        if (parameters.FirstOrDefault(one => one.Key == FhirQuery.Page).Value is { } page)
        {
            mark = seal.Open(context.Caller(), page);
            if (mark?.Type != type.Name)
            {
                faults.Add(new NoteFault($"http.{FhirQuery.Page}", "invalid", "The address of a page, as a link of the page before gave it to you."));
                return false;
            }
            parameters = [.. mark.Parameters];
        }
        query = FhirQuery.Read(type, parameters, address.Of(context.Request), ehr.Id, faults);
        if (query?.Ignored.Count > 0 && IsStrict(context.Request))
            faults.AddRange(query.Ignored);
        return query is not null && faults.Count == 0;
    }

    private async Task<IReadOnlyList<ShownRecord>> RecordsAsync(FhirType type, IReadOnlyList<string> patients, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = ChartDoor.CallerOf(context);
        List<ShownRecord> shown = [];
        foreach (var patient in patients)
        {
            AuditTrail.Of(context).Concerns(patient);
            shown.Add(await shownRecords.NotesAsync(caller, patient, cancellationToken));
            if (type.Name == MessageType)
                shown.Add(await shownRecords.MessagesAsync(caller, patient, cancellationToken));
        }
        return shown;
    }

    // A search that was posted says nothing in an address, its pages do not either.
    private string Self(HttpContext context, FhirQuery query, PageMark? mark, bool isPost) => isPost || mark is not null
        ? Sealed(context, mark ?? new PageMark(query.Type.Name, query.Understood, null, null))
        : QueryString.Create(query.Understood.Select(one => new KeyValuePair<string, string?>(one.Key, one.Value))).Value + Looks(context.Request);

    private string Sealed(HttpContext context, PageMark mark) => $"?{FhirQuery.Page}={seal.Close(context.Caller(), mark)}{Looks(context.Request)}";

    // Whoever follows a link is given it in the form that they asked for.
    private static string Looks(HttpRequest request) =>
        string.Concat(FhirQuery.Looks.Select(name => FhirAnswers.Said(request, name) is { Length: > 0 and <= LongestLook } value ? $"&{name}={Uri.EscapeDataString(value)}" : ""));

    private static List<JsonObject> Told(FhirQuery query, IReadOnlyList<ShownRecord> records)
    {
        var (withheld, heldBack, notMapped) = (records.Sum(one => one.Withheld), records.Sum(one => one.HeldBack), records.Sum(one => one.NotMapped));
        List<JsonObject> issues = [.. query.Ignored.Select(fault => Outcomes.Issue("warning", "not-supported", fault.Detail, "ignored", fault.Pointer))];
        if (withheld > 0)
            issues.Add(Outcomes.Issue("information", "suppressed", $"{withheld} of this patient's resources are not shown to you for their labels.", "withheld", null));
        if (heldBack > 0)
            issues.Add(Outcomes.Issue("information", "suppressed", $"{heldBack} parts of this patient's notes are held back from the chart, and are not here. Those whom they are for read them at the note (/held).", "held", null));
        if (notMapped > 0)
            issues.Add(Outcomes.Issue("information", "incomplete", $"{notMapped} of this patient's notes have not become FHIR yet.", "not-yet", null));
        return issues;
    }

    private static bool IsStrict(HttpRequest request) => request.Headers["Prefer"].SelectMany(value => (value ?? "").Split(',', ';')).Any(word => word.Replace(" ", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).Equals($"handling={Strict}", StringComparison.OrdinalIgnoreCase));

    internal static IResult Refused(IReadOnlyList<NoteFault> faults) => Problems.Of(StatusCodes.Status400BadRequest, "bad-parameter", "The search cannot be answered as it was asked.", ("errors", faults));
}
