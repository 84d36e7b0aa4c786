using ChwFhir.Access;
using Microsoft.AspNetCore.Authorization;

namespace ChwFhir.Api.Identity;

internal static class RouteRoles
{
    /// <summary>Only callers with one of these roles.</summary>
    public static TBuilder For<TBuilder>(this TBuilder route, params IReadOnlyList<Role> roles) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RolesOfRoute(roles)).RequireAuthorization(policy => policy.AddRequirements(new RoleRequirement(roles)));

    /// <summary>Everybody, also without signing in: nothing of a patient is here.</summary>
    public static TBuilder ForEverybody<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RolesOfRoute([])).AllowAnonymous();

    /// <summary>It keeps nothing, whatever its method: the scopes for reading are enough.</summary>
    public static TBuilder OnlyReads<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new OnlyReads());

    /// <summary>A route that does not say whose it is, is nobody's. An address without a route stays a 404, and a wrong method a 405.</summary>
    public static void AddRoles(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, RoleCheck>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAssertion(context => context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            .Build());
    }

    /// <summary>Who calls; only on routes that are for somebody.</summary>
    public static Caller Caller(this HttpContext context) => Callers.Of(context.User) ?? throw new InvalidOperationException("A route that asks who calls let in somebody who did not say.");
}
