using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

/// <summary>What the team needs besides the visit's story: the next visit, the home, consents, effort, pictures.</summary>
internal static class TeamParts
{
    public static readonly Part<FollowUp> FollowUp = new(followUp => new FollowUp
    {
        NextVisit = followUp.Date("nextVisit"),
        Text = followUp.Text("text"),
        Ask = followUp.Texts("ask"),
        FromNarrative = followUp.Optional(TakenOverPart.Member, TakenOverPart.Shape),
    });

    public static readonly Part<HomeNotes> Home = new(home => new HomeNotes
    {
        Access = home.Text("access"),
        CallFirst = home.YesNo("callFirst"),
        Pets = home.Text("pets"),
        Safety = home.Text("safety"),
    });

    public static readonly ListKind<NoteConsent> Consents = new(new Part<NoteConsent>(consent => new NoteConsent
    {
        Kind = consent.RequiredWord<ConsentKind>("kind"),
        How = consent.Text("how"),
        Date = consent.Date("date"),
        CostSharingExplained = consent.YesNo("costSharingExplained"),
        With = consent.Text("with"),
    }));

    public static readonly ListKind<TimeEntry> Time = new(new Part<TimeEntry>(entry => new TimeEntry
    {
        Date = entry.Date("date"),
        Activity = entry.RequiredWord<TimeActivity>("activity"),
        Minutes = entry.RequiredWhole("minutes"),
        With = entry.Text("with"),
        For = entry.Text("for"),
        Text = entry.Text("text"),
    }));

    public static readonly ListKind<NoteAttachment> Attachments = new(new Part<NoteAttachment>(attachment => new NoteAttachment
    {
        Id = attachment.RequiredId("id"),
        Title = attachment.Text("title"),
        ContentType = attachment.Required("contentType", Kinds.ContentType) ?? "",
        Data = attachment.Required("data", Kinds.Base64),
    }));
}
