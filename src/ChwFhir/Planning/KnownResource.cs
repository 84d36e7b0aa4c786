using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>A resource as the EHR has it now.</summary>
/// <param name="Version">For <c>If-Match</c>; null where the server names none.</param>
/// <param name="Said">What our visits said of it; null when only the EHR remembers.</param>
public sealed record KnownResource(string Reference, string? Version, Resource Body, Said? Said)
{
    /// <summary>An earlier version of the same note wrote it: its words are taken back before the new ones are put in.</summary>
    public bool Amends { get; init; }

    /// <summary>The EHR labels it as sensitive: it is merged like every other, and what it says is repeated nowhere.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>What the other visits say of it; null when none does.</summary>
    public Said? SaidByOthers { get; init; }
}
