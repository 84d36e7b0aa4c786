using ChwFhir.Access;
using ChwFhir.Intake;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack.Receiving;

/// <summary>Who has a panel hands in their own words only.</summary>
internal static class Authorship
{
    public static bool IsOfAPanel(Caller caller) => caller.Is(Role.Chw) && !caller.Is(Role.Integration);

    /// <param name="ehr">The EHR's base.</param>
    public static bool IsTheirs(string ehr, Caller caller, InputKind kind, Input input)
    {
        if (!IsOfAPanel(caller) || caller.Kind == CallerKind.Development)
            return true;
        var author = input.Author?.Reference is { } reference ? OwnReference.Of(ehr, reference) : null;
        if (kind == InputKind.VisitNote)
            return author is not null && author == caller.Practitioner;
        // Who filled in a form may be the patient, who is no author of ours; another of the staff it is not, by whatever name or number.
        return kind != InputKind.Screening || input.Author is null or { Reference: null, Identifier: null, Name: null } || (author is not null && author == caller.Practitioner);
    }
}
