using ChwFhir.Api.Imports;
using ChwFhir.Audit;

namespace ChwFhir.Api.Audit;

/// <summary>What a call of the API does with what, by its method and address: a route that is new is recorded without anybody thinking of it.</summary>
internal static class AuditedRoutes
{
    private const string Api = "/api/v1/";

    public static (AuditAction Action, string Kind) Of(string method, string pattern)
    {
        var parts = pattern[(pattern.StartsWith(Api, StringComparison.Ordinal) ? Api.Length : 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        // The FHIR door: what is read or made is called as FHIR calls it.
        if (parts is ["fhir", ..])
            parts = parts[1..];
        var last = parts.Length > 1 && parts[^1][0] != '{' ? parts[^1] : null;
        var kind = parts switch
        {
            ["patients", "search"] or ["patients"] => "patient",
            ["patients", _, var part, ..] => Singular(part),
            ["delivery", "endpoints", ..] => "endpoint",
            [var first, ..] => Singular(first),
            _ => "service",
        };
        return (Action(method, last, parts.Length), kind);
    }

    private static AuditAction Action(string method, string? last, int parts) => (method, last) switch
    {
        ("GET" or "HEAD", _) or (_, "search" or "_search") => AuditAction.Read,
        ("PUT" or "PATCH", _) => AuditAction.Update,
        ("DELETE", _) or (_, "retract") => AuditAction.Delete,
        (_, "release") => AuditAction.Release,
        (_, "preview" or "$validate" or "imports" or "pause" or "resume") => AuditAction.Execute,
        (_, "messages" or "replies") => AuditAction.Create,
        _ when parts == 1 => AuditAction.Create,
        _ => AuditAction.Update,
    };

    private static string Singular(string plural) => plural switch
    {
        "activities" => "activity",
        "messages" => "message",
        "imports" => "import",
        _ => Doors.KindAt(plural) ?? plural,
    };
}
