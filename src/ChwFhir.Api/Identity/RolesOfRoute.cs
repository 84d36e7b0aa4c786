using ChwFhir.Access;

namespace ChwFhir.Api.Identity;

/// <summary>What a route says of who may call it. A route that says nothing is nobody's.</summary>
/// <param name="Roles">None: everybody, also without signing in.</param>
internal sealed record RolesOfRoute(IReadOnlyList<Role> Roles);
