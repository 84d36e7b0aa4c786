using System.Security.Claims;
using ChwFhir.Access;

namespace ChwFhir.Api.Identity;

/// <summary>Who calls, as their token names them: for what people see of each other's decisions, never for a log.</summary>
internal static class Who
{
    private const int Longest = 200;

    public static string Calls(ClaimsPrincipal caller)
    {
        var name = Callers.Of(caller)?.Name ?? "somebody without a name";
        return name.Length <= Longest ? name : name[..Longest];
    }
}
