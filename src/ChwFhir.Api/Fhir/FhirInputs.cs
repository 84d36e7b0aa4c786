using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.Api.AfterVisitSummaries;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Inputs;
using ChwFhir.Api.QuestionnaireResponses;
using ChwFhir.Api.VisitNotes;
using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Fhir;

/// <summary>What is created here is an input like any other: checked whole, kept durably, then mapped and written to the EHR in the background.</summary>
internal sealed class FhirInputs(VisitNoteJourney journey, MappingOptions mapping, FhirBase address)
{
    private const string Response = "QuestionnaireResponse", Document = "DocumentReference", IfNoneExist = "If-None-Exist", Visit = "visit";

    private static readonly HashSet<string> DocumentElements =
    [
        "resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension", "masterIdentifier", "identifier", "status", "docStatus", "type", "category", "subject",
        "date", "author", "authenticator", "custodian", "relatesTo", "description", "securityLabel", "content", "context",
    ];

    public static readonly IReadOnlyList<string> Types = [Response, Document];

    public async Task<IResult> CreateAsync(string type, HttpContext context, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken);
        if (FhirBody.Read(body, out var unread) is not { } resource)
            return FhirBody.IsRead(unread) ? Problems.Invalid(unread) : Problems.Unreadable(unread[0]);
        if (ElementPath.Text(resource["resourceType"]) != type)
            return Problems.Invalid([new NoteFault("/resourceType", "type", $"This address creates the type {type}.")]);
        if (!IsItsOwn(context.Request, resource, out var identifier))
            return Problems.BadRequest("if-none-exist", $"{IfNoneExist}: identifier=system|value, of the resource that is sent.");

        var (chosen, wrong, condition) = Choose(resource, body, identifier, context.Request);
        if (condition is not null)
            return Problems.BadRequest("if-none-exist", condition);
        if (chosen is not var (route, input, sentAs, key, at))
            return Problems.Invalid(wrong);
        var receipt = await journey.ReceiveAsync(context.Caller(), route.Kind, input, sentAs, cancellationToken);
        switch (receipt)
        {
            case Receipt.Accepted(var status):
                return Kept(type, at, context, status, StatusCodes.Status202Accepted, $"It is kept, and on its way to the EHR; {route.Location(status.Id)} says how far.");
            case Receipt.AlreadyHere(var status):
                return Kept(type, at, context, status, StatusCodes.Status200OK, $"It was here already; {route.Location(status.Id)} says how far it is.");
            case Receipt.Conflict when key is not null && await FindAsync(route, key, context, cancellationToken) is { Status: var status } found && IsOfSame(resource, found.Patient):
                return Kept(type, at, context, status, StatusCodes.Status200OK, "One with this identifier is here already; nothing of this one was kept.");
            case Receipt.Invalid(var faults) when at is not null:
                return Problems.Invalid([.. faults.Select(at)]);
            default:
                return Receipts.Answer(route, context, receipt);
        }
    }

    /// <summary>What would keep a resource of <see cref="Types"/> from being created, beyond what R4 says of it. Nothing is kept.</summary>
    public async Task<IReadOnlyList<NoteFault>> FaultsAsync(HttpContext context, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (FhirBody.Read(body, out var unread) is not { } resource)
            return unread;
        var (chosen, wrong, _) = Choose(resource, body, null, context.Request);
        return chosen is null ? wrong : [.. (await journey.FaultsAsync(context.Caller(), chosen.Route.Kind, chosen.Input, chosen.SentAs, cancellationToken)).Select(fault => chosen.At?.Invoke(fault) ?? fault)];
    }

    // FHIR it is, by whichever of its names it was sent (R4, 3.1.0.1.11).
    private static SentAs Said(HttpRequest request) => HandingIn.SaidOf(request) with { ContentType = Media.FhirJson };

    // A number is of its system: what another has under the same one is no match.
    private async Task<FoundNote?> FindAsync(InputRoute route, PersonIdentifier key, HttpContext context, CancellationToken cancellationToken)
    {
        var found = route == VisitNoteRoutes.Route
            ? await journey.FindAsync(context.Caller(), key.Value, NoteRights.Status, cancellationToken)
            : await journey.FindByNumberAsync(context.Caller(), key, NoteRights.Status, cancellationToken);
        return found?.Status.Kind == route.Kind.Name ? found : null;
    }

    /// <param name="Key">Of a conditional create: the number of what is handed in; of a visit note its value is the note's id.</param>
    /// <param name="At">A fault of it, told where the resource says it; null: it is told so already.</param>
    private sealed record Chosen(InputRoute Route, ReadOnlyMemory<byte> Input, SentAs SentAs, PersonIdentifier? Key, Func<NoteFault, NoteFault>? At);

    /// <param name="Faults">Of what would be read, where it cannot be.</param>
    /// <param name="Condition">What is wrong with the condition.</param>
    private sealed record Choice(Chosen? Chosen, IReadOnlyList<NoteFault> Faults, string? Condition = null)
    {
        public Choice(Chosen chosen) : this(chosen, []) { }
    }

    // A screening; a visit note inside a document, in the JSON of this service or as plain words; else an after-visit summary.
    private Choice Choose(JsonObject document, ReadOnlyMemory<byte> body, PersonIdentifier? identifier, HttpRequest request)
    {
        if (ElementPath.Text(document["resourceType"]) == Response)
            return new Choice(new Chosen(ScreeningRoutes.Route, body, Said(request), identifier, null));
        if (Note(document) is var (bytes, place, said, unread))
        {
            if (said is null)
                return new Choice(null, [.. unread.Select(fault => Inside(fault, place))]);
            if (NoteCover.Faults(document, said) is { Count: > 0 } mismatches)
                return new Choice(null, mismatches);
            // Notes are held apart by their own ids, so that is what a condition has to be about.
            return identifier is not null && identifier.Value != ElementPath.Text(said["id"])
                ? new Choice(null, [], $"{IfNoneExist}: the identifier's value must be the id of the note inside.")
                : new Choice(new Chosen(VisitNoteRoutes.Route, bytes, SentAs.Json, identifier, fault => Inside(fault, place)));
        }
        if (!PlainNote.IsOne(document, mapping.NoteType))
            return new Choice(new Chosen(SummaryRoutes.Route, body, Said(request), identifier, SummaryAt));

        var (note, faults) = PlainNote.Read(document, body, mapping.IdentifierSystem);
        if (note is null)
            return new Choice(null, faults);
        // As above; only that the id may be made of the identifier.
        return identifier is not null && identifier.Value != PlainNote.Identifier(document)
            ? new Choice(null, [], $"{IfNoneExist}: the identifier must be the first of what is sent (masterIdentifier, if it has one).")
            : new Choice(new Chosen(VisitNoteRoutes.Route, JsonSerializer.SerializeToUtf8Bytes(note), SentAs.Json, identifier is null ? null : identifier with { Value = ElementPath.Text(note["id"])! }, PlainNote.At));
    }

    // What is created is found by its number from now on: as what was handed in, and as soon as it has become FHIR.
    private FhirResult Kept(string type, Func<NoteFault, NoteFault>? at, HttpContext context, NoteStatus status, int code, string detail)
    {
        AuditTrail.Of(context).Concerns(status);
        context.Response.Headers.Location = $"{address.Of(context.Request)}/{type}/{RecordIds.OfInput(status.Number)}";
        return new FhirResult(Outcomes.Of([
            Outcomes.Issue("information", "informational", detail, null, null),
            .. status.Issues.Select(issue => (issue.Severity, At: Placed(new NoteFault(issue.Pointer ?? "", issue.Code, issue.Detail), at)))
                .Select(issue => Outcomes.Issue(issue.Severity is "error" or "warning" ? issue.Severity : "information", "informational", issue.At.Detail, issue.At.Code, Outcomes.Expression(issue.At.Pointer, type))),
        ]), code);
    }

    private static NoteFault Placed(NoteFault told, Func<NoteFault, NoteFault>? at) => told.Pointer.Length > 0 && at is not null ? at(told) : told;

    // FHIR's conditional create; the identifier of what is sent is what this service holds documents apart by.
    private static bool IsItsOwn(HttpRequest request, JsonObject resource, out PersonIdentifier? identifier)
    {
        identifier = null;
        if (!request.Headers.TryGetValue(IfNoneExist, out var header))
            return true;
        var query = QueryString.FromUriComponent("?" + header.ToString().TrimStart('?'));
        var parameters = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query.Value);
        if (parameters.Count != 1 || !parameters.TryGetValue("identifier", out var asked) || asked.Count != 1 || asked.ToString().Split('|', 2) is not [var system, { Length: > 0 } value])
            return false;
        identifier = new PersonIdentifier(system, value);
        return ElementPath.Values(resource, "identifier").Concat(ElementPath.Values(resource, "masterIdentifier")).OfType<JsonObject>()
            .Any(own => ElementPath.Text(own["value"]) == value && (ElementPath.Text(own["system"]) ?? "") == system);
    }

    // Somebody else's under the same number is no match.
    private static bool IsOfSame(JsonObject resource, string patient) =>
        ElementPath.Values(resource, "subject.reference").Select(ElementPath.Text).FirstOrDefault() is not { } subject || subject == patient || subject.EndsWith($"/{patient}", StringComparison.Ordinal);

    // A CHW's note in the JSON of this service, as the document inside; Read is null where something of it stands twice.
    private static (ReadOnlyMemory<byte> Body, string Place, JsonObject? Read, IReadOnlyList<NoteFault> Unread)? Note(JsonObject document)
    {
        var contents = ElementPath.Values(document, "content.attachment").OfType<JsonObject>().ToList();
        for (var at = 0; at < contents.Count; at++)
        {
            if (ElementPath.Text(contents[at]["contentType"])?.Split(';')[0].Trim() != Media.Json || ElementPath.Text(contents[at]["data"]) is not { } data)
                continue;
            var bytes = new byte[data.Length];
            if (!Convert.TryFromBase64String(data, bytes, out var length))
                continue;
            var note = FhirBody.Read(bytes.AsMemory(0, length), out var unread);
            if (note is null ? FhirBody.IsRead(unread) && IsVisit(bytes.AsMemory(0, length)) : note.ContainsKey(Visit))
                return (bytes.AsMemory(0, length), $"/content/{at}/attachment/data", note, unread);
        }
        return null;
    }

    private static bool IsVisit(ReadOnlyMemory<byte> body)
    {
        using var json = StrictJson.Parse(body, out _);
        return json?.RootElement.TryGetProperty(Visit, out _) is true;
    }

    private static NoteFault Inside(NoteFault fault, string place) => fault with { Pointer = place, Detail = fault.Pointer.Length > 0 ? $"{fault.Pointer}: {fault.Detail}" : fault.Detail };

    // What the document inside says is told at the document; its patient, where the reference names one.
    private static NoteFault SummaryAt(NoteFault fault) => fault.Pointer.Split('/') switch
    {
        ["", "patient", ..] => fault with { Pointer = "/subject" },
        ["", var member, ..] when !DocumentElements.Contains(member) => Inside(fault, "/content"),
        _ => fault,
    };
}
