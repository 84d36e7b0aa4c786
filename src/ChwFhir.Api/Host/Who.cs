using System.Security.Claims;

namespace ChwFhir.Api.Host;

/// <summary>Who calls, as their token names them: for what people see of each other's decisions, never for a log.</summary>
internal static class Who
{
    private const int Longest = 200;
    private static readonly string[] Names = ["preferred_username", "name", "sub"];

    public static string Calls(ClaimsPrincipal caller)
    {
        var name = Names.Select(claim => caller.FindFirst(claim)?.Value.Trim()).FirstOrDefault(value => value is { Length: > 0 }) ?? "somebody without a name";
        return name.Length <= Longest ? name : name[..Longest];
    }
}
