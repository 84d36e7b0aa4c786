using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>Taken, but sent as: each form in its file, each only where the evidence asks for it. The note document says the whole, in the same words everywhere.</summary>
internal static class Forms
{
    /// <param name="encounter">The step of the visit's encounter; null when there is none.</param>
    public static Form Of(Resource resource, EhrForms taken, PlanStep? encounter, bool? encounterOpen)
    {
        var form = new Form(resource, []);
        form = resource switch
        {
            DocumentReference => PlainTextAlone.Apply(AcceptedNoteType.Apply(form, taken), taken),
            Observation => OneCoding.Apply(form, taken, encounter, encounterOpen),
            Condition => Provisional.Apply(form, taken),
            _ => form,
        };
        return WithoutOwnProfiles.Apply(form, taken);
    }

    /// <summary>Under which name a learned word is kept: a profile that is not known is so in every type.</summary>
    public static string LearnedOf(string type, string word) => word == EhrForms.OwnProfiles ? EhrNarrowing.System : type;

    /// <summary>What a refusal of one element teaches: the form in which it may be tried again. Null when there is no other.</summary>
    /// <param name="elements">The elements that the refusal names, as the server writes them.</param>
    public static string? After(Resource? refused, IEnumerable<string> elements, EhrForms taken)
    {
        var names = elements.SelectMany(path => path.Split('.', '/')).Select(part => part.Split('[')[0].ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        if (!taken.NoOwnProfiles && names.Contains("meta") && names.Contains("profile") && refused is not null && OwnProfiles.AreClaimed(refused))
            return EhrForms.OwnProfiles;
        return refused switch
        {
            DocumentReference document when names.Contains("type") => AcceptedNoteType.After(document, taken),
            DocumentReference when !taken.TextOnly && names.Overlaps(PlainTextAlone.Elements) => EhrForms.WholeDocument,
            Observation when !taken.OneCoding && names.Contains("code") => EhrForms.SeveralCodings,
            Condition when !taken.ProvisionalOnly && names.Contains("verificationstatus") => EhrForms.Unconfirmed,
            _ => null,
        };
    }
}
