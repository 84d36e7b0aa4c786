using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class AdvanceCareParts
{
    private static readonly ListKind<AdvanceDirective> Documents = new(new Part<AdvanceDirective>(document => new AdvanceDirective
    {
        Kind = document.RequiredWord<DirectiveKind>("kind"),
        Status = document.RequiredWord<DirectiveStatus>("status"),
        Seen = document.YesNo("seen"),
        Date = document.Date("date"),
        Where = document.Text("where"),
        Copy = document.Id("copy"),
    }));

    private static readonly Part<HealthCareAgent> Agent = new(agent => new HealthCareAgent
    {
        Name = agent.Text("name"),
        Relationship = agent.Text("relationship"),
        Phone = agent.Text("phone"),
        Knows = agent.YesNo("knows"),
    });

    public static readonly Part<AdvanceCarePlanning> Shape = new(planning => new AdvanceCarePlanning
    {
        Discussed = planning.RequiredWord<AcpDiscussed>("discussed"),
        Present = planning.Texts("present"),
        Documents = planning.List("documents", Documents),
        Agent = planning.Optional("agent", Agent),
        WantsClinicianConversation = planning.Flag("wantsClinicianConversation"),
        Text = planning.Text("text"),
    });
}
