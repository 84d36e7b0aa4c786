using ChwFhir.Access;
using Microsoft.AspNetCore.Authorization;

namespace ChwFhir.Api.Identity;

/// <summary>One of these roles; and the scopes that the site asks for, where people come with tokens.</summary>
internal sealed record RoleRequirement(IReadOnlyList<Role> Roles) : IAuthorizationRequirement;
