using System.Security.Claims;
using ChwFhir.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Identity;

/// <summary>Holds the caller's roles and scopes against the route's.</summary>
internal sealed class RoleCheck(IOptions<TokenOptions> options) : AuthorizationHandler<RoleRequirement>
{
    private readonly ScopeOptions scopes = options.Value.Scopes;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (Callers.Of(context.User) is { } caller && requirement.Roles.Any(caller.Is) && HasScopes(caller, context.User, context.Resource as HttpContext))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    // Issuers give scopes to people's tokens; a system's own has its role alone.
    private bool HasScopes(Caller caller, ClaimsPrincipal user, HttpContext? request)
    {
        if (caller.Kind != CallerKind.Token || caller.Roles.All(role => role == Role.Integration))
            return true;
        var reads = request is not null && (HttpMethods.IsGet(request.Request.Method) || HttpMethods.IsHead(request.Request.Method) || request.GetEndpoint()?.Metadata.GetMetadata<OnlyReads>() is not null);
        return Words(scopes.Any).Concat(Words(reads ? scopes.Read : scopes.Write)).All(scope => user.HasClaim(CallerClaims.Scope, scope));
    }

    private static string[] Words(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
