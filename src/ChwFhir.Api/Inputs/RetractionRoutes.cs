using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Inputs;

/// <summary>Notes that are taken back, and what is left to do by hand.</summary>
internal static class RetractionRoutes
{
    private const int Largest = 16 * 1024;

    public static async Task<Results<Accepted<NoteStatus>, ProblemHttpResult>> RetractAsync(InputRoute route, string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (Members(await JsonBody.ReadAsync(context.Request, Largest, cancellationToken)) is not { } order)
            return NoObject();

        var patient = Patient(order["rightPatient"]);
        List<NoteFault> faults = [.. Unknown(order, "reason", "rightPatient")];
        if (Text(order["reason"]) is not { } reason || !RetractionOrder.Reasons.Contains(reason))
            faults.Add(new NoteFault("/reason", "not-allowed", $"One of {string.Join(", ", RetractionOrder.Reasons)}."));
        else if (order["rightPatient"] is not null && reason != RetractionOrder.WrongPatient)
            faults.Add(new NoteFault("/rightPatient", "not-allowed", $"Only with {RetractionOrder.WrongPatient}."));
        if (order["rightPatient"] is not null && patient is null)
            faults.Add(new NoteFault("/rightPatient", "wrong-type", "The patient as a note has it: an object with reference or identifier."));
        if (faults.Count > 0)
            return Problems.Invalid(faults);

        if (await InputRoutes.FindAsync(route, id, context, NoteRights.Change, journey, cancellationToken) is not { } found)
            return Receipts.NoSuch(route);
        return await journey.RetractAsync(context.Caller(), id, Text(order["reason"])!, patient, cancellationToken) switch
        {
            Withdrawal.Accepted(var status) => Receipts.Accepted(route, context, found.Show(status)),
            // A reference that stands as text has no members.
            Withdrawal.Invalid(var wrong) => Problems.Invalid(order["rightPatient"] is JsonValue ? [.. wrong.Select(fault => fault.Pointer == "/rightPatient/reference" ? fault with { Pointer = "/rightPatient" } : fault)] : wrong),
            Withdrawal.IdTaken => Problems.Of(StatusCodes.Status409Conflict, "id-taken", $"Another {route.Noun} has the id that this one was to have for the right patient. Nothing was changed."),
            Withdrawal.Busy(var retryAfter) => Problems.StoreBusy(context.Response, retryAfter),
            _ => Receipts.NoSuch(route),
        };
    }

    public static async Task<Results<Accepted<NoteStatus>, ProblemHttpResult>> RemovedAsync(InputRoute route, string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (Members(await JsonBody.ReadAsync(context.Request, Largest, cancellationToken)) is not { } order)
            return NoObject();

        List<NoteFault> faults = [.. Unknown(order, "key")];
        if (Text(order["key"]) is not { Length: > 0 })
            faults.Add(new NoteFault("/key", "required", "The key of one of the note's removals."));
        if (faults.Count > 0)
            return Problems.Invalid(faults);
        if (await InputRoutes.FindAsync(route, id, context, NoteRights.Decide, journey, cancellationToken) is null)
            return Receipts.NoSuch(route);
        try
        {
            return await journey.RemovedAsync(id, Text(order["key"])!, Who.Calls(context.User), cancellationToken) is { } status
                ? Receipts.Accepted(route, context, status)
                : Problems.NotFound("There is no such note, or nothing of it under this key is to be removed.");
        }
        catch (StoreUnavailableException full)
        {
            return Problems.StoreBusy(context.Response, full.RetryAfter);
        }
    }

    private static ProblemHttpResult NoObject() => Problems.BadRequest("not-json", "The body must be a JSON object.");

    private static JsonObject? Members(ReadOnlyMemory<byte> body)
    {
        try
        {
            // Reading a member is what finds out that one stands twice.
            using var json = StrictJson.Parse(body, out _);
            var order = json?.RootElement.ValueKind == JsonValueKind.Object ? JsonObject.Create(json.RootElement.Clone()) : null;
            _ = order?.Count;
            return order;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<NoteFault> Unknown(JsonObject order, params string[] known) =>
        order.Any(member => !known.Contains(member.Key)) ? [new NoteFault("", "unknown-member", $"Only {string.Join(", ", known)} may stand here.")] : [];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject? Patient(JsonNode? node) => node is JsonObject person ? person : Text(node) is { } reference ? new JsonObject { ["reference"] = reference } : null;
}
