using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Visits;

/// <summary>What a line of a note says.</summary>
internal static class NoteWords
{
    public static string Title(NoteLine note, Wording words) => note.VisitKind is { } kind ? words.Of("visit", kind) : words.Of("kind", note.Kind);

    public static IEnumerable<string> Facts(NoteLine note, DateTimeOffset now, Wording words)
    {
        yield return When.Of(note.VisitTime, now, words);
        if (note.VisitStatus is { } status and not "completed")
            yield return words.Of("visit-status", status);
        if (note.Author is { } author)
            yield return author;
    }

    /// <summary>What became of the parts of a note: those of one kind that went the same way together, and first what somebody should look at.</summary>
    public static IEnumerable<(string What, string State, string Look)> Lines(IEnumerable<ResourceRow> rows, NoteState note, Wording words) =>
        from row in rows
        where row.State != ResourceState.Kept
        group row by (Kind: row.Key.StartsWith("attachment/", StringComparison.Ordinal) ? "attachment" : row.Type, Said: States.Of(row.State, note)) into same
        let kind = words.Of("type", same.Key.Kind)
        orderby same.Key.Said.Look switch { "no" => 0, "ask" => 1, "going" => 2, _ => 3 }
        select (same.Count() == 1 ? kind : words.Say("note.several", kind, same.Count()), same.Key.Said.Key, same.Key.Said.Look);

    /// <summary>A concern as people call it: in the words given, else by what it is.</summary>
    public static string Name(Concern concern, Wording words)
    {
        var name = concern.Text ?? words.Of("domain", Intake.Words.Of(concern.Domain));
        return concern.About == ConcernAbout.Caregiver ? words.Say("need.caregiver", name) : name;
    }

    /// <summary>A referral's service: by its known word, else as it was written.</summary>
    public static string Service(string service, Wording words) =>
        words.Of("service", service) is var known && known != service ? known : service.Contains(' ', StringComparison.Ordinal) ? service : service.Replace('-', ' ');

    /// <summary>A step, who does it, and by when.</summary>
    public static IEnumerable<string> Step(StepStory step, DateTimeOffset now, Wording words)
    {
        yield return step.Text;
        if (step.Last.Who is { } who)
            yield return words.Of("doer", Intake.Words.Of(who));
        if (step.Last.Due is { } due)
            yield return words.Say("goal.due", When.Of(due, now, words));
    }

    /// <summary>What is there of wishes about treatment: whether somebody shall talk, and which papers there are.</summary>
    public static IEnumerable<string> Planning(AdvanceCarePlanning said, Wording words)
    {
        if (said.WantsClinicianConversation)
            yield return words["planning.wants"];
        foreach (var paper in said.Documents)
        {
            string?[] facts = [words.Of("paper-is", Intake.Words.Of(paper.Status)), paper.Seen switch { true => words["planning.seen"], false => words["planning.told"], null => null }, paper.Where];
            yield return $"{words.Of("paper", Intake.Words.Of(paper.Kind))}: {string.Join(", ", facts.Where(fact => fact is not null))}";
        }
        if (said.Agent is { } agent)
            yield return words.Say("planning.agent", string.Join(", ", new[] { agent.Name, agent.Relationship, agent.Phone }.Where(fact => fact is not null)));
    }

    /// <summary>The document as it stands, its headings set apart: the first line of each part but the first, where lines follow it.</summary>
    public static IEnumerable<(string? Heading, string Text)> Parts(string document)
    {
        var parts = document.ReplaceLineEndings("\n").Trim('\n').Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < parts.Length; at++)
        {
            var end = parts[at].IndexOf('\n', StringComparison.Ordinal);
            yield return at == 0 || end < 0 || parts[at][0] is ' ' or '-' ? (null, at == 0 ? parts[at] : "\n" + parts[at]) : (parts[at][..end], parts[at][(end + 1)..]);
        }
    }
}
