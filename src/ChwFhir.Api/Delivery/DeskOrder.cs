using System.Text.Json;
using ChwFhir.Api.Host;
using ChwFhir.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Delivery;

/// <summary>The small body of an order from the desk: one text or none. No body at all is one without it.</summary>
internal static class DeskOrder
{
    public const string Reason = "reason", Code = "code";

    private const int Largest = 16 * 1024;
    private const int LongestText = 500;

    /// <param name="Reason">For the next person at the desk; no patient data belongs here.</param>
    internal sealed record Reasoned(string? Reason);

    /// <param name="Code">An issue code, as in <c>needsAttention</c> of the desk.</param>
    internal sealed record Retry(string? Code);

    public static async Task<(string? Text, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, string member, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, Largest, cancellationToken);
        if (body.IsEmpty)
            return (null, null);
        if (!JsonBody.IsJson(request))
            return (null, TypedResults.Problem(Problems.Plain(StatusCodes.Status415UnsupportedMediaType)));
        using var order = StrictJson.Parse(body, out var unreadable);
        if (order is null)
            return (null, Problems.Unreadable(unreadable!));
        List<NoteFault> faults = [];
        var text = Read(order.RootElement, member, faults);
        return faults.Count > 0 ? (null, Problems.Invalid(faults)) : (text, null);
    }

    private static string? Read(JsonElement order, string member, List<NoteFault> faults)
    {
        if (order.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new NoteFault("", "wrong-type", "must be an object"));
            return null;
        }

        string? text = null;
        foreach (var given in order.EnumerateObject())
        {
            if (given.Name != member)
                faults.Add(new NoteFault("", "unknown-member", $"only {member} may stand here"));
            else if (given.Value.ValueKind != JsonValueKind.Null && (text = Readable(given.Value)) is null)
                faults.Add(new NoteFault("/" + member, "wrong-text", $"must be a text of 1 to {LongestText} characters"));
        }
        return text;
    }

    private static string? Readable(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 and <= LongestText } text ? text : null;
}
