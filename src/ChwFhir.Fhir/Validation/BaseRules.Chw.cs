using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// The invariants of the profiles that this repository publishes (fhir-profiles/).
internal static partial class BaseRules
{
    private static IEnumerable<Rule> OfChw() =>
    [
        On<Observation>("chw-acp-1", "a note says that the words are the patient's and no order", it => it.Note.Exists(note => note.Text?.Contains("not an order", StringComparison.Ordinal) == true)),
        On<Encounter>("chw-home-1", "that it was at home, and not where that is", it => !Contained.In<Resource>(it).Exists(inner => inner is Location place && (place.Address is not null || place.Position is not null || place.Telecom.Count > 0))),
        On<Encounter>("chw-visit-1", "a visit that did not take place says why", it => it.Status != Encounter.EncounterStatus.Cancelled || it.ReasonCode.Count > 0),
        On<Condition>("chw-need-1", "what is confirmed says who confirmed it", it => !HasCode(it.VerificationStatus, "confirmed", "confirmed") || it.Asserter is not null),
        On<Condition>("chw-need-2", "whether it is still there, unless entered in error", it => it.ClinicalStatus is not null || HasCode(it.VerificationStatus, "entered-in-error", "entered-in-error")),
        On<CareTeam>("chw-team-1", "a community health worker is in the team", it => it.Participant.Exists(member => member.Role.Exists(role => Has(role, "http://nucc.org/provider-taxonomy", "172V00000X")))),
        On<FhirTask>("chw-referral-1", "what was turned down, cancelled or failed says why", it => it.Status is not (FhirTask.TaskStatus.Rejected or FhirTask.TaskStatus.Cancelled or FhirTask.TaskStatus.Failed) || it.StatusReason is not null),
    ];
}
