using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class ReferralParts
{
    private static readonly Part<ReferralOrganization> Organization = new(organization => new ReferralOrganization
    {
        Name = organization.Text("name"),
        Phone = organization.Text("phone"),
        Reference = organization.Optional("reference", Kinds.Reference),
        Identifier = organization.Optional("identifier", PeopleParts.Identifier),
    });

    public static readonly ListKind<Referral> List = new(new Part<Referral>(referral => new Referral
    {
        Id = referral.Id("id"),
        Service = referral.RequiredText("service"),
        Organization = referral.Optional("organization", Organization),
        Reason = referral.Text("reason"),
        SaidUrgency = referral.Word<Urgency>("urgency"),
        SaidStatus = referral.Word<ReferralStatus>("status"),
        Text = referral.Text("text"),
    }));
}
