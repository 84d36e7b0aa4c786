using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Intake;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>From the fields of the form to the visit note of the contract. Pure: the same form is the same note, however often it is sent.</summary>
internal static class NoteOfForm
{
    public static BuiltNote Build(FormFields form, FormContext context)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        var note = new NotePart(form, "", "", fields);
        note.Value("schemaVersion", 1).Text("id", "id").Text("language", "language").Text("authored", "authored")
            .Value("patient", Patient(form, context))
            .Value("author", new JsonObject { ["reference"] = context.Author, ["name"] = context.AuthorName })
            .Value("programme", Programme(form))
            .Within("visit", "", visit => Visit(visit, form, fields));
        Story(note, form, context);
        Needs(note, form, context);
        Screenings(note, form);
        Body(note, form, context);
        note.Each("goals", "goals", row => IsSaid(form, row), (goal, row) => Goal(goal, row, form, context))
            .Each("referrals", "referrals", row => form.Has($"{row}.known") ? Any(form, row, "status", "text") : Any(form, row, "service", "organization", "text", "phone"), (referral, row) => Referral(referral, row, form))
            .Each("education", "education", row => Any(form, row, "topic", "material", "source", "teachBack"), (taught, _) => taught
                .Text("topic", "topic").Text("material", "material").Text("language", "language").Text("source", "source").Text("teachBack", "teachBack"));
        Wishes(note, form);
        note.Each("messages", "messages", row => Any(form, row, "to", "text", "topic", "urgency", "about"), (message, row) => message
                .Value("id", $"m{Number(row) + 1}").One("to", "to").Text("urgency", "urgency").Text("topic", "topic").Text("text", "text").One("about", "about", "symptom/").Flag("needsReply", "needsReply")
                .Within("callback", "callback.", callback => callback
                    .Text("name", "name").Text("relationship", "relationship").Text("phone", "phone").Text("bestTime", "bestTime").Text("language", "language").YesNo("voicemailOk", "voicemailOk"))
                .Hold())
            .Within("followUp", "next.", next => Next(next, form, context))
            .Within("home", "home.", home => home.Text("access", "access").YesNo("callFirst", "callFirst").Text("pets", "pets").Text("safety", "safety"))
            .Each("consents", "consents", row => Any(form, row, "kind", "how", "date", "costs"), (consent, _) => consent
                .Text("kind", "kind").Text("how", "how").Text("date", "date").YesNo("costSharingExplained", "costs"))
            .Each("time", "time", row => Any(form, row, "activity", "minutes", "text"), (spent, _) => spent
                .Text("activity", "activity").Number("minutes", "minutes").Text("with", "with").Text("for", "for").Text("text", "text"));
        return new BuiltNote(note.Json, fields);
    }

    private static JsonObject Patient(FormFields form, FormContext context)
    {
        var patient = new JsonObject { ["reference"] = context.Patient };
        if (form.Text("check.birthDate") is var born && form.Text("check.familyName") is var family && (born ?? family) is not null)
            patient["check"] = new JsonObject([.. new[] { KeyValuePair.Create("birthDate", born), KeyValuePair.Create("familyName", family) }.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))]);
        return patient;
    }

    // As the last visit said it: goals and plans live within a programme.
    private static JsonObject? Programme(FormFields form)
    {
        try
        {
            return form.Text("programme") is { } json ? JsonNode.Parse(json) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Visit(NotePart visit, FormFields form, Dictionary<string, string> fields)
    {
        visit.Text("kind", "kind").Text("status", "status").Value("start", Time(form, "start")).Value("end", Time(form, "end"))
            .Each("participants", "people", row => form.Has($"{row}.known") ? form.Has($"{row}.here") : Any(form, row, "name", "relationship", "phone"), (person, row) => person
                .Value("id", IdOf(form, row, "p")).Text("name", "name").Text("relationship", "relationship").Text("role", "role").Text("phone", "phone").Text("mayDiscuss", "mayDiscuss").YesNo("livesHere", "livesHere"))
            .Within("interpreter", "interpreter.", interpreter => interpreter.Text("language", "language").Text("mode", "mode").Text("name", "name"))
            .Within("travel", "travel.", travel => travel.Number("miles", "miles").Number("minutes", "minutes"));
        fields["/visit/start"] = form.Has("date") ? "start" : "date";
        fields["/visit/end"] = "end";
    }

    private static void Story(NotePart note, FormFields form, FormContext context) => note
        .Each("insights", "insights", row => Any(form, row, "text", "quote", "by"), (insight, _) => insight.Text("text", "text").Flag("quote", "quote").Text("by", "by"))
        .Within("whatMatters", "matters.", matters => matters.Text("text", "text").Text("worries", "worries").Text("strengths", "strengths").Text("understandsIllness", "understandsIllness").Text("whatHelps", "whatHelps"))
        .Text("narrative", "narrative").Hold("narrativeHold", "narrativeHold")
        .Append("sections", Answers(form) is null ? [] : [""], (asked, _) => asked.Value("title", context.Asked).Value("text", Answers(form)))
        .Each("sections", "parts", row => Any(form, row, "title", "text"), (section, _) => section.Text("title", "title").Text("text", "text").Hold());

    private static string? Answers(FormFields form) =>
        string.Join('\n', form.Rows("asked").Where(row => form.Has($"{row}.answer")).Select(row => $"{form.Text($"{row}.question")}: {form.Text($"{row}.answer")}")) is { Length: > 0 } text ? text : null;

    private static void Needs(NotePart note, FormFields form, FormContext context) => note
        .Each("concerns", "knownNeeds", row => form.Has($"{row}.now"), (need, row) => need
            .Text("id", "id").Text("domain", "domain").Text("text", "text").Value("status", form.Text($"{row}.now") == "solved" ? "resolved" : "active").Hold())
        .Each("concerns", "needs", row => Any(form, row, "domain", "text", "priority"), (need, row) => need
            .Text("domain", "domain").Text("text", "text").Number("priority", "priority").Hold().Value("fromNarrative", Taken(form, row, context)))
        .Append("concerns", form.Has("strain.text") ? ["strain"] : [], (strain, _) => strain
            .Value("domain", Words.Of(ConcernDomain.CaregiverStrain)).Text("text", "text").Value("about", Words.Of(ConcernAbout.Caregiver)).Flag("okInChart", "ok").Hold());

    private static void Screenings(NotePart note, FormFields form)
    {
        foreach (var asked in ShortScreening.All)
        {
            var answered = asked.Questions.Where(question => form.Has(question.Name)).ToDictionary(question => $"{asked.Row}.{asked.Item(question)}");
            note.Append("screenings", answered.Count > 0 ? [asked.Row] : [], (screening, _) => screening
                .Value("instrument", Words.Of(asked.Instrument)).Text("answeredBy", "by")
                .Append("answers", answered.Keys, (answer, row) => Answer(answer.Value("item", asked.Item(answered[row])), answered[row]))
                .Hold());
        }
    }

    private static void Answer(NotePart answer, FormItem question) => _ = question is FormItem.Scale ? answer.Number("answer", "answer") : answer.Text("answer", "answer");

    private static void Body(NotePart note, FormFields form, FormContext context)
    {
        note.Append("symptoms", VisitForm.Scales.Select(symptom => $"symptom.{symptom}").Where(row => Any(form, row, "score", "text", "since", "usual", "tolerable", "tried", "clinician")), (symptom, row) =>
                Symptom(symptom.Value("symptom", row["symptom.".Length..]), row, form, context))
            .Each("symptoms", "signs", row => Any(form, row, "symptom", "score", "text", "since", "tried", "clinician"), (symptom, row) => Symptom(symptom.Text("symptom", "symptom"), row, form, context))
            .Append("vitals", Any(form, "vital", "systolic", "diastolic") ? ["vital"] : [], (vital, _) => vital
                .Value("kind", Words.Of(VitalKind.BloodPressure)).Number("systolic", "systolic").Number("diastolic", "diastolic").Text("reportedBy", "by"));
        Vitals(note, form);
        note.Each("medicinesAtHome", "medicines", row => Any(form, row, "text", "taking", "why", "daysLeft"), (medicine, _) => medicine
            .Text("text", "text").Text("taking", "taking").Text("why", "why").Number("daysLeft", "daysLeft"));
    }

    private static void Vitals(NotePart note, FormFields form)
    {
        foreach (var kind in Words.All<VitalKind>().Where(kind => form.Has($"vital.{kind}")))
        {
            note.Append("vitals", ["vital"], (vital, _) => vital
                .Value("kind", kind).Number("value", kind).Text("unit", $"{kind}.unit").Text("reportedBy", "by"));
        }
    }

    private static void Symptom(NotePart symptom, string row, FormFields form, FormContext context) => symptom
        .Number("score", "score").Text("text", "text").Text("since", "since").Number("usual", "usual").Number("tolerable", "tolerable")
        .Text("reportedBy", "by").Text("tried", "tried").Flag("needsClinician", "clinician").Hold().Value("fromNarrative", Taken(form, row, context));

    // Of a goal that is known, only what somebody answered brings it into the note; then it stands there whole.
    private static bool IsSaid(FormFields form, string row) =>
        !form.Has($"{row}.known") ? Any(form, row, "text", "due", "achievement") || form.Rows($"{row}.steps").Any(step => form.Has($"{step}.text"))
        : Any(form, row, "achievement", "status") || form.Rows($"{row}.steps").Any(step => form.Has($"{step}.known") ? Any(form, step, "now", "change") : form.Has($"{step}.text"));

    private static void Goal(NotePart goal, string row, FormFields form, FormContext context)
    {
        var steps = Steps(row, form).ToList();
        var past = steps.Where(step => step.Past is not null).ToDictionary(step => step.Row, step => step.Past!, StringComparer.Ordinal);
        goal.Value("id", IdOf(form, row, "g")).Text("text", "text").Text("wordsOf", "wordsOf").Number("priority", "rank").Text("start", "began").Text("due", "due")
            .Value("status", form.Text($"{row}.status") ?? form.Text($"{row}.was")).Text("achievement", "achievement")
            .Value("addresses", form.Text($"{row}.addresses") is { } needs ? new JsonArray([.. needs.Split(' ').Select(need => (JsonNode)need)]) : null)
            .Append("steps", steps.Select(step => step.Row), (part, step) => Step(part, step, past.GetValueOrDefault(step), row, form))
            .Value("fromNarrative", Taken(form, row, context));
    }

    // In the order in which they came to be: what is over stands between the others as it was.
    private static IEnumerable<(string Row, int At, JsonObject? Past)> Steps(string goal, FormFields form) =>
        PastSteps.Read(form.Text($"{goal}.past")).Select((step, i) => (Row: $"{goal}.past.{i}", step.At, Past: (JsonObject?)step.Step))
            .Concat(form.Rows($"{goal}.steps").Where(step => form.Has($"{step}.text")).Select(step => (Row: step, At: Number(step), Past: (JsonObject?)null)))
            .OrderBy(step => step.At);

    private static void Step(NotePart part, string step, JsonObject? past, string goal, FormFields form)
    {
        if (past is not null)
        {
            foreach (var (member, value) in past)
                part.Value(member, value?.DeepClone());
            return;
        }

        var was = form.Text($"{step}.was");
        part.Value("id", form.Has($"{step}.known") ? form.Text($"{step}.id") : $"{Short(form)}-g{Number(goal) + 1}-s{Number(step) + 1}");
        if (form.Text($"{step}.now") == "changed" && form.Has($"{step}.change"))
            part.Text("text", "change");
        else
            part.Text("text", "text");
        part.Text("who", "who").Text("due", "due").Value("status", form.Text($"{step}.now") switch
        {
            "done" => Words.Of(StepStatus.Completed),
            "not-yet" => was is null || was == Words.Of(StepStatus.Completed) ? Words.Of(StepStatus.NotStarted) : was,
            _ => was,
        });
    }

    private static void Referral(NotePart referral, string row, FormFields form) => referral
        .Value("id", IdOf(form, row, "r")).Text("service", "service").Within("organization", "", organization => organization.Text("name", "organization").Text("phone", "phone"))
        .Text("reason", "reason").Text("urgency", "urgency").Text("status", "status").Text("text", "text");

    private static void Wishes(NotePart note, FormFields form)
    {
        var papers = form.Rows("papers").Where(row => Any(form, row, "kind", "status", "seen", "date", "where")).ToList();
        if (!Any(form, "acp", "discussed", "text", "clinician") && papers.Count == 0 && !Any(form, "agent", "name", "relationship", "phone", "knows"))
            return;
        // Who was there is asked with the people; they took part where somebody says so.
        JsonNode[] present = form.Has("acp.all") && note.Json["visit"]?["participants"] is JsonArray people ? [.. people.Select(person => person!["id"]?.DeepClone()).OfType<JsonNode>()] : [];
        note.Within("advanceCarePlanning", "", wishes => wishes
            .Text("discussed", "acp.discussed").Value("present", present.Length > 0 ? new JsonArray(present) : null)
            .Append("documents", papers, (paper, _) => paper.Text("kind", "kind").Text("status", "status").YesNo("seen", "seen").Text("date", "date").Text("where", "where"))
            .Within("agent", "agent.", agent => agent.Text("name", "name").Text("relationship", "relationship").Text("phone", "phone").YesNo("knows", "knows"))
            .Flag("wantsClinicianConversation", "acp.clinician").Text("text", "acp.text"));
    }

    private static void Next(NotePart next, FormFields form, FormContext context)
    {
        next.Text("nextVisit", "date");
        if (form.Text("next.date") is { } day && form.Text("next.time") is { } time && Moment(form, day, time) is { } moment)
            next.Value("nextVisit", moment);
        next.Text("text", "text");
        if (form.Text("next.ask") is { } ask)
            next.Value("ask", new JsonArray([.. ask.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonNode)line)]));
        next.Value("fromNarrative", form.Has("next.taken") && !next.IsEmpty ? TakenBy(context) : null);
    }

    private static string? Time(FormFields form, string field) => form.Text(field) is { } time && form.Text("date") is { } day ? Moment(form, day, time) : null;

    private static string Moment(FormFields form, string day, string time) => $"{day}T{(time.Length == 5 ? time + ":00" : time)}{form.Text("offset")}";

    private static JsonObject? Taken(FormFields form, string row, FormContext context) => form.Has($"{row}.taken") ? TakenBy(context) : null;

    private static JsonObject TakenBy(FormContext context) => new() { ["by"] = context.TakenBy };

    // What is known keeps its name, also where it has none; what is new gets one that no other visit has.
    private static string? IdOf(FormFields form, string row, string kind) => form.Has($"{row}.known") ? form.Text($"{row}.id") : $"{Short(form)}-{kind}{Number(row) + 1}";

    private static string Short(FormFields form) => form.Text("id") is { Length: > 12 } id ? id[..12] : form.Text("id") ?? "visit";

    private static int Number(string row) => int.Parse(row.AsSpan(row.LastIndexOf('.') + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);

    private static bool Any(FormFields form, string row, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (form.Has($"{row}.{name}"))
                return true;
        }
        return false;
    }
}
