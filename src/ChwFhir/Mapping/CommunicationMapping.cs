using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A message to the team: Communication, with the callback first. A red flag that no message carries becomes one more.</summary>
internal static class CommunicationMapping
{
    internal static void Map(Draft draft, Alerts alerts)
    {
        foreach (var telling in Tellings.Of(draft, alerts))
        {
            var key = draft.TakeKey(telling.Key);
            if (telling.Place is { } place)
                AddMessage(draft, key, telling, draft.Note.Messages[place], place);
            else
                AddRaised(draft, key, telling);
        }
    }

    internal static RequestPriority Priority(Urgency urgency) => urgency switch
    {
        Urgency.Stat => RequestPriority.Stat,
        Urgency.Asap => RequestPriority.Asap,
        Urgency.Urgent => RequestPriority.Urgent,
        _ => RequestPriority.Routine,
    };

    /// <summary>A message that a flag rides on is at least as urgent as the flag.</summary>
    internal static Urgency UrgencyOf(Draft draft, NoteMessage message, IReadOnlyList<RedFlag> flags)
    {
        var least = draft.Options.RedFlags.LeastUrgency;
        return flags.Count > 0 && Rank(message.Urgency) < Rank(least) ? least : message.Urgency;
    }

    /// <summary>The words of a message as they go out: the callback first.</summary>
    internal static string Payload(NoteMessage message, IReadOnlyList<RedFlag> flags, string between = "\n\n")
    {
        var also = Added(message, flags).Select(flag => flag.Text).ToList();

        return string.Join(between, new[] { CallBack(message.Callback), Own(message), also.Count > 0 ? $"Also a red flag at this visit: {string.Join("; ", also)}." : null }.Where(part => part is not null));
    }

    /// <summary>What the CHW says in it.</summary>
    internal static string Own(NoteMessage message) => IsMedicationQuestion(message) ? ScopeOfPractice.AsQuestion(message.Text) : message.Text;

    /// <summary>Flags that ride on it though it does not speak of them.</summary>
    internal static IEnumerable<RedFlag> Added(NoteMessage message, IReadOnlyList<RedFlag> flags) => flags.Where(flag => !flag.IsNamedBy(message));

    internal static bool IsMedicationQuestion(NoteMessage message) => message.Topic == MessageTopic.MedicationQuestion || ScopeOfPractice.IsInstruction(message.Text);

    /// <summary>Who a message goes to. A question about medicines and a red flag go to clinicians too; what is held goes to nobody but those who may know.</summary>
    internal static IEnumerable<string> To(Draft draft, NoteMessage message, IReadOnlyList<RedFlag> flags)
    {
        if (draft.Holds.Of(message))
            return Few(draft, message);
        if (message.To.Any(to => CodeTables.Wording.Clinicians.Contains(to) || to.Contains('/', StringComparison.Ordinal)))
            return message.To;
        if (flags.Count > 0)
            return [.. message.To, "care-team"];

        return IsMedicationQuestion(message) ? [.. message.To, "pcp", "nurse"] : message.To;
    }

    internal static string AlertText(Draft draft, IEnumerable<RedFlag> flags)
    {
        var phone = draft.Note.Author.Phone is { } number ? $" The CHW can be called: {number}." : "";
        return $"Red flag at the visit of {FhirTime.DayOf(draft.Note.Visit.Start)}: {string.Join("; ", flags.Select(flag => flag.Text))}.{phone}";
    }

    internal static string? CallBack(Callback? callback)
    {
        if (callback is null)
            return null;

        var parts = Phrases.Joined(
            callback switch { { Name: { } name, Relationship: { } relationship } => $"{name} ({relationship})", _ => callback.Name ?? callback.Relationship },
            callback.Phone,
            callback.BestTime is { } time ? $"best time: {time}" : null,
            callback.Language is { } language ? $"language: {language}" : null,
            callback.VoicemailOk switch { true => "voicemail is fine", false => "leave no voicemail", null => null });

        return parts.Length > 0 ? $"Call back: {parts}." : null;
    }

    /// <summary>Whom the hold names, else whom the CHW named one by one, else the programme's default: never the whole care team.</summary>
    private static IReadOnlyList<string> Few(Draft draft, NoteMessage message)
    {
        if (message.Hold is { For: { Count: > 0 } named })
            return named;

        List<string> each = [.. message.To.Where(Holds.IsNoWholeTeam)];
        return each.Count > 0 ? each : draft.Options.HeldItems.For;
    }

    private static int Rank(Urgency urgency) => urgency switch { Urgency.Routine => 0, Urgency.Urgent => 1, Urgency.Asap => 2, _ => 3 };

    private static void AddMessage(Draft draft, string key, Telling telling, NoteMessage message, int index)
    {
        if (telling.Urgency != message.Urgency)
            draft.Inform("urgency-raised", $"/messages/{index}/urgency", $"The message carries a red flag: it is {Words.Of(telling.Urgency)} now.", telling.Held);
        if (IsMedicationQuestion(message))
            draft.Warn(ScopeOfPractice.Issue, $"/messages/{index}/text", "This is about medicines. It goes to the clinicians as a question.", telling.Held);

        var communication = Blank(draft, telling.Urgency, telling.Alert, telling.Text);
        communication.Topic = message.Topic is { } topic ? Concepts.Of(Canonicals.Topics, Words.Of(topic), Phrases.Capital(Phrases.Plain(Words.Of(topic)))) : null;
        communication.Recipient.AddRange(Recipients.Of(draft, telling.To, $"/messages/{index}/to", telling.Held));
        foreach (var part in message.About)
            AddAbout(draft, communication, part, draft.Holds.IsHeldItself(message));

        var mapped = draft.Add(key, communication, telling.Held);
        if (message.NeedsReply)
            TaskMapping.AddReply(draft, message, mapped, communication, telling.Held);
    }

    /// <summary>What the rules add: an alert, or what only a clinician could order.</summary>
    private static void AddRaised(Draft draft, string key, Telling telling)
    {
        var communication = Blank(draft, telling.Urgency, telling.Alert, telling.Text);
        communication.Topic = Concepts.Of(Canonicals.Topics, telling.Topic!, Phrases.Capital(Phrases.Plain(telling.Topic!)));
        communication.Recipient.AddRange(Recipients.Of(draft, telling.To, null, telling.Held));
        foreach (var part in telling.About)
            AddAbout(draft, communication, part, telling.Held);
        draft.Add(key, communication, telling.Held);
    }

    private static Communication Blank(Draft draft, Urgency urgency, bool alert, string text)
    {
        var communication = new Communication
        {
            Meta = Concepts.Claims(OwnProfiles.Message),
            Status = EventStatus.Completed,
            Priority = Priority(urgency),
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            Sent = draft.When,
            Sender = draft.Signed(),
        };
        communication.Category.Add(alert ? Concepts.Of(Systems.CommunicationCategory, "alert", "Alert") : Concepts.Of(Systems.CommunicationCategory, "notification", "Notification"));
        communication.Payload.Add(new Communication.PayloadComponent { Content = new FhirString(text) });

        return communication;
    }

    private static void AddAbout(Draft draft, Communication communication, string key, bool held)
    {
        if (draft.Holds.IsHeldPart(key) && !held)
            return;
        if (key == "encounter" && draft.Encounter() is { } encounter)
            communication.About.Add(encounter);
        else if (draft.Find(key) is { } part && (held || !draft.Held.Contains(part)))
            communication.About.Add(new ResourceReference(part.FullUrl));
        else if (draft.HeldBefore(key) is { } before && TypeOf(key) is { } type)
            communication.About.Add(new ResourceReference { Type = type, Identifier = new Identifier(draft.Options.IdentifierSystem, draft.OfPatient(before.Key)), Display = key });
    }

    private static string? TypeOf(string key) => key[..Math.Max(0, key.IndexOf('/', StringComparison.Ordinal))] switch
    {
        "concern" => "Condition",
        "goal" => "Goal",
        "referral" => "ServiceRequest",
        _ => null,
    };
}
