using ChwFhir.Access;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>What somebody who signed in without the EHR sees first, by what they are here.</summary>
internal static class Homes
{
    /// <summary>A page across patients; null: their patients.</summary>
    public static string? Of(IReadOnlyList<Role> roles) => roles switch
    {
        _ when roles.Contains(Role.Supervisor) => "desk",
        _ when roles.Contains(Role.Nurse) || roles.Contains(Role.SocialWorker) => "inbox",
        _ => null,
    };
}
