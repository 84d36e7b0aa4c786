using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

/// <summary>What is told in words.</summary>
internal static class StoryParts
{
    private static readonly TextKind InsightText = new(atMost: 200);

    public static readonly ListKind<Insight> Insights = new(new Part<Insight>(insight => new Insight
    {
        Text = insight.Required("text", InsightText) ?? "",
        Quote = insight.Flag("quote"),
        By = insight.Word<ReportedBy>("by"),
    }));

    public static readonly Part<WhatMatters> WhatMatters = new(matters => new WhatMatters
    {
        Text = matters.Text("text"),
        Worries = matters.Text("worries"),
        Strengths = matters.Text("strengths"),
        UnderstandsIllness = matters.Text("understandsIllness"),
        WhatHelps = matters.Text("whatHelps"),
    });

    public static readonly ListKind<NoteSection> Sections = new(new Part<NoteSection>(section => new NoteSection
    {
        Title = section.RequiredText("title"),
        Text = section.RequiredText("text"),
        Hold = section.Optional("hold", HoldPart.Shape),
    }));

    public static readonly ListKind<Education> Education = new(new Part<Education>(education => new Education
    {
        Topic = education.RequiredText("topic"),
        Material = education.Text("material"),
        Language = education.Text("language"),
        Source = education.Text("source"),
        TeachBack = education.Text("teachBack"),
    }));
}
