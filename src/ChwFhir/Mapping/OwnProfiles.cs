using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>The profiles of this project (<c>fhir-profiles/</c>) that written resources claim, beside US Core's where there is one.</summary>
public static class OwnProfiles
{
    public const string Visit = $"{Base}chw-visit";
    public const string HomeVisit = $"{Base}chw-home-visit";
    public const string VisitNote = $"{Base}chw-visit-note";
    public const string AfterVisitSummary = $"{Base}after-visit-summary";
    public const string AfterVisitPlan = $"{Base}after-visit-plan";
    public const string AfterVisitInstructions = $"{Base}after-visit-instructions";
    public const string ActionPlan = $"{Base}chw-action-plan";
    public const string Goal = $"{Base}person-centred-goal";
    public const string Need = $"{Base}chw-reported-need";
    public const string Screening = $"{Base}chw-screening";
    public const string Symptom = $"{Base}chw-symptom";
    public const string AdvanceCarePlanning = $"{Base}advance-care-planning-talk";
    public const string Message = $"{Base}care-team-message";
    public const string ReplyTask = $"{Base}message-reply-task";
    public const string Referral = $"{Base}community-referral";
    public const string ReferralTask = $"{Base}community-referral-task";
    public const string Caregiver = $"{Base}informal-caregiver";
    public const string Provenance = $"{Base}visit-provenance";

    private const string Base = $"{Canonicals.Base}/StructureDefinition/";

    /// <summary>Takes the claims back from a resource that is sent in another form than the mapping's: US Core's stay true, ours may not.</summary>
    internal static void Unclaim(Resource resource) => Unclaim(resource, IsOurs);

    internal static void Unclaim(Resource resource, Predicate<string?> which)
    {
        if (resource.Meta is not { } meta)
            return;

        meta.Profile = [.. meta.Profile.Where(profile => !which(profile))];
        // FHIR has no element with nothing in it.
        if (!meta.Profile.Any() && meta is { VersionId: null, LastUpdated: null, Source: null, Security.Count: 0, Tag.Count: 0, Extension.Count: 0, ElementId: null })
            resource.Meta = null;
    }

    internal static bool AreClaimed(Resource resource) => resource.Meta?.Profile.Any(IsOurs) is true;

    internal static bool IsOurs(string? profile) => profile?.StartsWith(Base, StringComparison.Ordinal) is true;
}
