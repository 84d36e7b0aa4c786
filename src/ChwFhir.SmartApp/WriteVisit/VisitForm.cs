using ChwFhir.Intake;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What the form asks, in the order in which a visit goes: pages, drafts and tests read it from here.</summary>
internal static class VisitForm
{
    private static readonly FormItem Hold = new FormItem.Choice("hold", "form.hold", Words.All<HoldReason>(), "hold", None: "form.hold.none");
    private static readonly FormItem Known = new FormItem.Carried("known");
    private static readonly FormItem Id = new FormItem.Carried("id");
    private static readonly FormItem Taken = new FormItem.Carried("taken");

    /// <summary>What ESAS asks, in its order.</summary>
    public static readonly IReadOnlyList<string> Scales = [.. new[] { SymptomKind.Pain, SymptomKind.Tiredness, SymptomKind.Drowsiness, SymptomKind.Nausea, SymptomKind.Appetite, SymptomKind.Breathlessness, SymptomKind.Depression, SymptomKind.Anxiety, SymptomKind.Wellbeing }.Select(Words.Of)];

    /// <summary>Those that are there or not.</summary>
    public static readonly IReadOnlyList<string> Signs = [.. Words.All<SymptomKind>().Except(Scales)];

    // "As soon as possible" is said as today, like "urgent".
    private static readonly string[] Urgencies = [.. Words.All<Urgency>().Where(urgency => urgency != Words.Of(Urgency.Asap))];

    // Of a caregiver's trouble the form asks in a place of its own.
    private static readonly string[] Needs = [.. Words.All<ConcernDomain>().Where(domain => domain != Words.Of(ConcernDomain.CaregiverStrain))];

    /// <summary>What the visit was; every form begins with it.</summary>
    public static readonly FormSection Visit = new("visit",
    [
        new FormItem.Choice("kind", "form.kind", Words.All<VisitKind>(), "visit", First: Words.Of(VisitKind.Home)),
        new FormItem.Choice("status", "form.status", [.. Words.All<VisitStatus>().Where(status => status != Words.Of(VisitStatus.Planned))], "visit-outcome", First: Words.Of(VisitStatus.Completed)),
        new FormItem.Line("date", "form.date", "date"), new FormItem.Line("start", "form.start", "time"), new FormItem.Line("end", "form.end-time", "time"),
        new FormItem.Choice("language", "form.language", ["en", "es"], "language", First: "en"),
        new FormItem.Group("form.interpreter",
        [
            new FormItem.Line("interpreter.language", "form.interpreter.language"),
            new FormItem.Choice("interpreter.mode", "form.interpreter.mode", ["in-person", "phone", "video", "family"], "interpreter"),
            new FormItem.Line("interpreter.name", "form.interpreter.name"),
        ], Folded: true),
    ]);

    /// <summary>Each may be skipped.</summary>
    public static readonly IReadOnlyList<FormSection> Sections =
    [
        new("said",
        [
            new FormItem.Rows("asked", "form.asked", [Known, new FormItem.Line("question", "form.asked.question") { Fact = true, Fixed = true }, new FormItem.Box("answer", "form.asked.answer", 2)], OnlyKnown: true),
            new FormItem.Box("narrative", "form.narrative", 10),
            new FormItem.Choice("narrativeHold", "form.hold", Words.All<HoldReason>(), "hold", None: "form.hold.none"),
            new FormItem.Rows("insights", "form.insights",
            [
                new FormItem.Line("text", "form.insights.text", Longest: 200),
                new FormItem.Tick("quote", "form.insights.quote"),
                new FormItem.Choice("by", "form.insights.by", [Words.Of(ReportedBy.Patient), Words.Of(ReportedBy.Caregiver), Words.Of(ReportedBy.Chw)], "by"),
            ]),
            new FormItem.Group("form.matters",
            [
                new FormItem.Box("matters.text", "form.matters.text", 2), new FormItem.Box("matters.worries", "form.matters.worries", 2), new FormItem.Box("matters.strengths", "form.matters.strengths", 2),
                new FormItem.Box("matters.understandsIllness", "form.matters.understandsIllness", 2), new FormItem.Box("matters.whatHelps", "form.matters.whatHelps", 2),
            ], Folded: true),
            new FormItem.Rows("parts", "form.parts", [new FormItem.Line("title", "form.parts.title"), new FormItem.Box("text", "form.parts.text", 4), Hold]),
        ]),
        new("needs",
        [
            new FormItem.Rows("knownNeeds", "form.knownNeeds",
            [
                Known, Id, new FormItem.Choice("domain", "form.needs.domain", Words.All<ConcernDomain>(), "domain") { Fact = true }, new FormItem.Line("called", "form.knownNeeds.called") { Fact = true, Fixed = true },
                new FormItem.Choice("now", "form.knownNeeds.now", ["still", "solved"], "need-now", Spread: true),
                new FormItem.Box("text", "form.knownNeeds.text", 2), Hold,
            ], OnlyKnown: true),
            ShortScreening.Hunger.Folded,
            new FormItem.Rows("needs", "form.needs.row",
            [
                Taken, new FormItem.Choice("domain", "form.needs.domain", Needs, "domain"), new FormItem.Box("text", "form.needs.text", 2),
                new FormItem.Choice("priority", "form.needs.priority", ["1", "2", "3"], "priority"), Hold,
            ], AtFirst: 1),
        ]),
        new("symptoms",
        [
            .. Scales.SelectMany(ScaleOf),
            new FormItem.Rows("signs", "form.signs",
            [
                Taken, new FormItem.Choice("symptom", "form.signs.symptom", Signs, "symptom"), new FormItem.Line("score", "form.signs.score", "number"), .. Rest(""),
            ]),
            ShortScreening.Mood.Folded,
            ShortScreening.Distress.Folded,
            new FormItem.Group("form.vitals",
            [
                new FormItem.Line("vital.systolic", "form.vital.systolic", "number"), new FormItem.Line("vital.diastolic", "form.vital.diastolic", "number"),
                new FormItem.Line("vital.heart-rate", "form.vital.heart-rate", "number"), new FormItem.Line("vital.respiratory-rate", "form.vital.respiratory-rate", "number"),
                new FormItem.Line("vital.oxygen-saturation", "form.vital.oxygen-saturation", "number"),
                new FormItem.Line("vital.temperature", "form.vital.temperature", "decimal"), new FormItem.Choice("vital.temperature.unit", "form.vital.unit", ["Cel", "[degF]"], "unit", First: "[degF]"),
                new FormItem.Line("vital.weight", "form.vital.weight", "decimal"), new FormItem.Choice("vital.weight.unit", "form.vital.unit", ["kg", "[lb_av]"], "unit", First: "[lb_av]"),
                new FormItem.Line("vital.height", "form.vital.height", "decimal"), new FormItem.Choice("vital.height.unit", "form.vital.unit", ["cm", "[in_i]"], "unit", First: "[in_i]"),
                new FormItem.Line("vital.glucose", "form.vital.glucose", "number"),
                new FormItem.Choice("vital.by", "form.vital.by", [Words.Of(ReportedBy.Patient), Words.Of(ReportedBy.Caregiver), Words.Of(ReportedBy.Chw)], "measured-by"),
            ], Folded: true, Row: "vital"),
            new FormItem.Rows("medicines", "form.medicines",
            [
                new FormItem.Line("text", "form.medicines.text"), new FormItem.Choice("taking", "form.medicines.taking", Words.All<Taking>(), "taking", Spread: true),
                new FormItem.Choice("why", "form.medicines.why", Words.All<NotTakingReason>(), "not-taking"), new FormItem.Line("daysLeft", "form.medicines.daysLeft", "number"),
            ]),
        ]),
        new("goals",
        [
            new FormItem.Rows("goals", "form.goals.row",
            [
                Known, Id, Taken, new FormItem.Carried("was"), new FormItem.Carried("rank"), new FormItem.Carried("began"), new FormItem.Carried("addresses"),
                new FormItem.Box("text", "form.goals.text", 2) { Fact = true, Fixed = true },
                new FormItem.Choice("wordsOf", "form.goals.wordsOf", Words.All<WordsOf>(), "words-of") { Fact = true },
                new FormItem.Line("due", "form.goals.due", "date") { Fact = true },
                new FormItem.Past("past", "form.steps.past"),
                new FormItem.Rows("steps", "form.steps.row",
                [
                    Known, Id, new FormItem.Carried("was"), new FormItem.Line("text", "form.steps.text") { Fact = true, Fixed = true },
                    new FormItem.Choice("who", "form.steps.who", Words.All<StepPerformer>(), "step-who") { Fact = true }, new FormItem.Line("due", "form.steps.due", "date") { Fact = true },
                    new FormItem.Choice("now", "form.steps.now", ["done", "not-yet", "changed"], "step-now", Spread: true), new FormItem.Line("change", "form.steps.change"),
                ]),
                new FormItem.Choice("achievement", "form.goals.achievement", Words.All<GoalAchievement>(), "achievement"),
                new FormItem.Choice("status", "form.goals.status", [Words.Of(GoalStatus.Active), Words.Of(GoalStatus.OnHold), Words.Of(GoalStatus.Completed), Words.Of(GoalStatus.Cancelled)], "goal-status"),
            ], AtFirst: 1),
        ]),
        new("caregiver",
        [
            new FormItem.Rows("people", "form.people",
            [
                Known, Id, new FormItem.Line("name", "form.people.name") { Fact = true }, new FormItem.Line("relationship", "form.people.relationship") { Fact = true },
                new FormItem.Choice("role", "form.people.role", Words.All<ParticipantRole>(), "person") { Fact = true }, new FormItem.Line("phone", "form.people.phone", "tel") { Fact = true },
                new FormItem.Choice("mayDiscuss", "form.people.mayDiscuss", Words.All<MayDiscuss>(), "may-discuss") { Fact = true },
                new FormItem.Choice("livesHere", "form.people.livesHere", ["yes", "no"], "yes-no") { Fact = true },
                new FormItem.Tick("here", "form.people.here"),
            ]),
            new FormItem.Box("strain.text", "form.strain.text", 3), new FormItem.Tick("strain.ok", "form.strain.ok"), new FormItem.Choice("strain.hold", "form.hold", Words.All<HoldReason>(), "hold", None: "form.hold.none"),
        ]),
        new("wishes",
        [
            new FormItem.Choice("acp.discussed", "form.acp.discussed", Words.All<AcpDiscussed>(), "acp", Spread: true),
            new FormItem.Box("acp.text", "form.acp.text", 3),
            new FormItem.Tick("acp.clinician", "form.acp.clinician"),
            new FormItem.Tick("acp.all", "form.acp.all"),
            new FormItem.Rows("papers", "form.papers",
            [
                new FormItem.Choice("kind", "form.papers.kind", Words.All<DirectiveKind>(), "paper"), new FormItem.Choice("status", "form.papers.status", Words.All<DirectiveStatus>(), "paper-status"),
                new FormItem.Choice("seen", "form.papers.seen", ["yes", "no"], "yes-no"), new FormItem.Line("date", "form.papers.date"), new FormItem.Line("where", "form.papers.where"),
            ]),
            new FormItem.Group("form.agent",
            [
                new FormItem.Line("agent.name", "form.agent.name"), new FormItem.Line("agent.relationship", "form.agent.relationship"), new FormItem.Line("agent.phone", "form.agent.phone", "tel"),
                new FormItem.Choice("agent.knows", "form.agent.knows", ["yes", "no"], "yes-no"),
            ], Folded: true),
        ]),
        new("referrals",
        [
            new FormItem.Rows("referrals", "form.referrals.row",
            [
                Known, Id, new FormItem.Line("service", "form.referrals.service") { Fact = true },
                new FormItem.Line("organization", "form.referrals.organization") { Fact = true }, new FormItem.Line("phone", "form.referrals.phone", "tel") { Fact = true },
                new FormItem.Choice("reason", "form.referrals.reason", Words.All<ConcernDomain>(), "domain") { Fact = true }, new FormItem.Choice("urgency", "form.referrals.urgency", Urgencies, "urgency") { Fact = true },
                new FormItem.Choice("status", "form.referrals.status", [.. Words.All<ReferralStatus>().Where(status => status is not "draft" and not "entered-in-error")], "referral"), new FormItem.Box("text", "form.referrals.text", 2),
            ], AtFirst: 1),
        ]),
        new("education",
        [
            new FormItem.Rows("education", "form.education.row",
            [
                new FormItem.Line("topic", "form.education.topic"), new FormItem.Line("material", "form.education.material"), new FormItem.Choice("language", "form.education.language", ["en", "es"], "language"),
                new FormItem.Line("source", "form.education.source"), new FormItem.Choice("teachBack", "form.education.teachBack", ["can-explain", "partly", "not-yet", "not-asked"], "teach-back"),
            ], AtFirst: 1),
        ]),
        new("messages",
        [
            new FormItem.Rows("messages", "form.messages.row",
            [
                new FormItem.Choice("to", "form.messages.to", [.. NoteRecipients.Words.Where(word => word != "chw")], "role"), new FormItem.Choice("urgency", "form.messages.urgency", Urgencies, "urgency", Spread: true),
                new FormItem.Choice("topic", "form.messages.topic", Words.All<MessageTopic>(), "topic"), new FormItem.Box("text", "form.messages.text", 4),
                new FormItem.Choice("about", "form.messages.about", Words.All<SymptomKind>(), "symptom"), new FormItem.Tick("needsReply", "form.messages.needsReply"),
                new FormItem.Group("form.callback",
                [
                    new FormItem.Line("callback.name", "form.callback.name"), new FormItem.Line("callback.relationship", "form.callback.relationship"), new FormItem.Line("callback.phone", "form.callback.phone", "tel"),
                    new FormItem.Line("callback.bestTime", "form.callback.bestTime"), new FormItem.Choice("callback.language", "form.callback.language", ["en", "es"], "language"),
                    new FormItem.Choice("callback.voicemailOk", "form.callback.voicemailOk", ["yes", "no"], "yes-no"),
                ], Folded: true),
                Hold,
            ], AtFirst: 1),
        ]),
        new("next",
        [
            new FormItem.Line("next.date", "form.next.date", "date"), new FormItem.Line("next.time", "form.next.time", "time"), new FormItem.Carried("next.taken"),
            new FormItem.Box("next.text", "form.next.text", 2), new FormItem.Box("next.ask", "form.next.ask", 3),
            new FormItem.Group("form.home",
            [
                new FormItem.Line("home.access", "form.home.access") { Fact = true }, new FormItem.Choice("home.callFirst", "form.home.callFirst", ["yes", "no"], "yes-no") { Fact = true },
                new FormItem.Line("home.pets", "form.home.pets") { Fact = true }, new FormItem.Box("home.safety", "form.home.safety", 2) { Fact = true },
            ]),
        ]),
        new("time",
        [
            new FormItem.Rows("time", "form.time.row",
            [
                new FormItem.Choice("activity", "form.time.activity", Words.All<TimeActivity>(), "activity"), new FormItem.Line("minutes", "form.time.minutes", "number"),
                new FormItem.Line("with", "form.time.with"), new FormItem.Choice("for", "form.time.for", Words.All<ConcernDomain>(), "domain"), new FormItem.Line("text", "form.time.text"),
            ], AtFirst: 1),
            new FormItem.Line("travel.miles", "form.travel.miles", "decimal"), new FormItem.Line("travel.minutes", "form.travel.minutes", "number"),
            new FormItem.Rows("consents", "form.consents",
            [
                new FormItem.Choice("kind", "form.consents.kind", Words.All<ConsentKind>(), "consent"), new FormItem.Line("how", "form.consents.how"),
                new FormItem.Line("date", "form.consents.date", "date"), new FormItem.Choice("costs", "form.consents.costs", ["yes", "no"], "yes-no"),
            ]),
        ]),
    ];

    public static int Answered(FormFields form) => Sections.Count(section => section.IsAnswered(form));

    private static IEnumerable<FormItem> ScaleOf(string symptom) =>
    [
        new FormItem.Carried($"symptom.{symptom}.taken"),
        new FormItem.Scale($"symptom.{symptom}.score", $"symptom.{symptom}"),
        new FormItem.Group("form.symptom.more", [.. Rest($"symptom.{symptom}.")], Folded: true, Of: $"symptom.{symptom}", Row: $"symptom.{symptom}"),
    ];

    private static IEnumerable<FormItem> Rest(string row) =>
    [
        new FormItem.Box(row + "text", "form.symptom.text", 2), new FormItem.Line(row + "since", "form.symptom.since", "date"),
        new FormItem.Line(row + "usual", "form.symptom.usual", "number"), new FormItem.Line(row + "tolerable", "form.symptom.tolerable", "number"),
        new FormItem.Choice(row + "by", "form.symptom.by", [Words.Of(ReportedBy.Patient), Words.Of(ReportedBy.Caregiver), Words.Of(ReportedBy.Observed)], "by"),
        new FormItem.Line(row + "tried", "form.symptom.tried"), new FormItem.Tick(row + "clinician", "form.symptom.clinician"),
        new FormItem.Choice(row + "hold", "form.hold", Words.All<HoldReason>(), "hold", None: "form.hold.none"),
    ];
}
