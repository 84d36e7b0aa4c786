using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>
/// Whom a note tells what. The mapping makes Communications of it, and the inbox has it from the receipt on: by one and the same rules, so that
/// what stands in the chart is what people were told.
/// </summary>
internal static class Tellings
{
    private const string SymptomPart = "symptom/";

    internal static IReadOnlyList<Telling> Of(VisitNote note, ResolvedNote resolved, MappingOptions options)
    {
        var draft = new Draft(note, "", resolved, options);
        return Of(draft, Alerts.Of(draft, RedFlags.Flags(draft)));
    }

    internal static IReadOnlyList<Telling> Of(Draft draft, Alerts alerts)
    {
        var keys = new KeyBook();
        List<Telling> tellings = [.. draft.Note.Messages.Select((message, place) => OfMessage(draft, message, place, alerts.CarriedBy(place), keys))];
        AddAlert(draft, alerts.Open, ["care-team"], held: false, keys, tellings);
        AddAlert(draft, alerts.Held, [.. alerts.Held.SelectMany(flag => flag.ToldTo.Count > 0 ? flag.ToldTo : draft.Options.HeldItems.For).Distinct()], held: true, keys, tellings);
        AddQuestions(draft, keys, tellings);
        return tellings;
    }

    private static Telling OfMessage(Draft draft, NoteMessage message, int place, IReadOnlyList<RedFlag> flags, KeyBook keys)
    {
        var urgency = CommunicationMapping.UrgencyOf(draft, message, flags);
        return new Telling(
            keys.Take($"message/{(message.Id is { } id ? Folding.KeyPart(id) : $"{place + 1}")}"), urgency, [.. CommunicationMapping.To(draft, message, flags).Distinct()],
            CommunicationMapping.Payload(message, flags), message.Topic is { } topic ? Words.Of(topic) : null, message.About,
            draft.Holds.Of(message), flags.Count > 0 || urgency == Urgency.Stat, message.NeedsReply, Symptoms(message.About, flags))
        {
            Place = place,
            Flags = flags,
        };
    }

    private static void AddAlert(Draft draft, List<RedFlag> flags, IReadOnlyList<string> to, bool held, KeyBook keys, List<Telling> tellings)
    {
        if (flags.Count == 0)
            return;

        tellings.Add(new Telling(
            keys.Take("message/red-flag"), draft.Options.RedFlags.LeastUrgency, to, CommunicationMapping.AlertText(draft, flags), "red-flag",
            [.. flags.Select(flag => flag.Part).Distinct()], held, Alert: true, NeedsReply: false, Symptoms([], flags))
        {
            Flags = flags,
        });
    }

    /// <summary>What in the plan only a clinician could order is asked of one.</summary>
    private static void AddQuestions(Draft draft, KeyBook keys, List<Telling> tellings)
    {
        var questions = draft.Note.Goals.Where(goal => !draft.Holds.Of(goal)).SelectMany(goal => goal.Steps).Select(step => step.Text).Append(draft.Note.FollowUp?.Text).Where(text => text is not null && ScopeOfPractice.IsInstruction(text)).ToList();
        if (questions.Count > 0)
            tellings.Add(new Telling(
                keys.Take("message/medication-question"), Urgency.Routine, ["pcp", "nurse"], ScopeOfPractice.AsQuestion(string.Join("; ", questions)),
                "medication-question", [], Held: false, Alert: false, NeedsReply: false, []));
    }

    private static IReadOnlyList<string> Symptoms(IReadOnlyList<string> about, IReadOnlyList<RedFlag> flags) =>
    [
        .. about.Concat(flags.SelectMany(flag => new[] { flag.Part, flag.Also })).OfType<string>()
            .Where(part => part.StartsWith(SymptomPart, StringComparison.Ordinal)).Select(part => part[SymptomPart.Length..]).Distinct(),
    ];
}
