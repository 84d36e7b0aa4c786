using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Visits;

/// <summary>A note in the order in which a visit goes, every part of it, whatever the EHR has a place for. Pure; what is held is not in what it is given.</summary>
internal static class NoteParts
{
    public static IReadOnlyList<NotePart> Of(ToldVisit visit, DateTimeOffset now, Wording words)
    {
        var said = visit.Said;
        List<NotePart> parts =
        [
            new("narrative", words["part.narrative"], [.. Texts(said.Narrative)], []),
            .. said.Sections.Select((section, place) => new NotePart($"section/{section.Title}", section.Title, [.. Texts(section.Text)], [])),
            new("insights", words["know.insights"], [.. said.Insights.Select(one => new PartLine(one.Text, Facts(By(one.By, words))) { IsQuote = one.Quote })], []),
            new("matters", words["part.matters"], [.. Matters(said.WhatMatters, words)], []),
            new("needs", words["know.needs"], [.. said.Concerns.Select(one => Of(one, words))], ["concern/"]),
            new("symptoms", words["part.symptoms"], [.. said.Symptoms.SelectMany(one => Of(one, now, words))], ["symptom/"]),
            new("screenings", words["part.screenings"], [.. visit.Screenings.SelectMany(one => Of(one, words))], ["screening/"]),
            new("vitals", words["part.vitals"], [.. said.Vitals.Select(one => Of(one, now, words))], ["vital/"]),
            new("medicines", words["part.medicines"], [.. said.MedicinesAtHome.Select(one => Of(one, words))], []),
            new("goals", words["part.goals"], [.. said.Goals.OrderBy(one => one.Priority ?? int.MaxValue).SelectMany(one => Of(one, now, words))], ["goal/"]),
            new("referrals", words["part.referrals"], [.. said.Referrals.Select(one => Of(one, words))], ["referral/"]),
            new("education", words["part.education"], [.. said.Education.Select(one => new PartLine(one.Topic, Facts(one.Material, one.Source, one.TeachBack is { } back ? words.Of("taught", back) : null)))], []),
            new("planning", words["part.planning"], [.. Of(said.AdvanceCarePlanning, words)], ["advance-care-planning"]),
            new("messages", words["messages"], [.. said.Messages.SelectMany(one => Of(one, words))], ["message/"]),
            new("follow-up", words["part.follow-up"], [.. Of(said.FollowUp, now, words)], ["care-plan"]),
            new("people", words["part.people"], [.. People(said.Visit, words)], ["caregiver/"]),
            new("attachments", words["part.attachments"], [.. said.Attachments.Select(one => new PartLine(one.Title, Facts(Media.Of(one.ContentType, words))))], ["attachment/"]),
            new("home", words["part.home"], [.. Of(said.Home, words)], [], IsOfTheTeam: true),
            new("ask", words["part.ask"], [.. (said.FollowUp?.Ask ?? []).Select(ask => new PartLine(ask, []))], [], IsOfTheTeam: true),
            new("time", words["part.time"], [.. said.Time.Select(one => new PartLine(one.Text, Facts(words.Of("activity", Words.Of(one.Activity)), words.Say("know.minutes", one.Minutes))))], [], IsOfTheTeam: true),
        ];
        return [.. parts.Where(part => part.Lines.Count > 0)];
    }

    /// <summary>Free words as they are read: what belongs together stays together, and a wish about treatment ends where what the chart says comes behind it.</summary>
    public static IReadOnlyList<PartLine> Read(IReadOnlyList<PartLine> lines, Func<PartLine, bool> isWish)
    {
        List<PartLine> read = [], together = [];
        foreach (var line in lines)
        {
            if (line.IsText && !isWish(line))
            {
                together.Add(line);
                continue;
            }
            Join();
            read.Add(line);
        }
        Join();
        return read;

        void Join()
        {
            if (together.Count > 0)
                read.Add(together[0] with { Words = string.Join("\n\n", together.Select(one => one.Words)) });
            together.Clear();
        }
    }

    /// <summary>Free words with marks in them that a page does not show: as somebody typed them.</summary>
    public static IReadOnlyList<(string Title, string Text)> Typed(ToldVisit visit, Wording words) =>
    [
        .. from one in visit.Said.Sections.Select(section => (section.Title, Text: (string?)section.Text)).Prepend((Title: words["part.narrative"], Text: visit.Said.Narrative))
           where one.Text is not null && Prose.IsMarked(one.Text)
           select (one.Title, one.Text!.ReplaceLineEndings("\n").Trim()),
    ];

    // What was taken apart by blank lines is read as paragraphs.
    private static IEnumerable<PartLine> Texts(string? text) => string.IsNullOrWhiteSpace(text) ? []
        : text.ReplaceLineEndings("\n").Trim().Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(paragraph => new PartLine(paragraph, []) { IsText = true });

    private static IEnumerable<PartLine> Matters(WhatMatters? matters, Wording words)
    {
        (string? Text, string Title)[] all = [(matters?.Text, ""), (matters?.Worries, "matters.worries"), (matters?.Strengths, "matters.strengths"), (matters?.UnderstandsIllness, "matters.understands"), (matters?.WhatHelps, "matters.helps")];
        return all.Where(one => !string.IsNullOrWhiteSpace(one.Text)).Select(one => new PartLine(one.Text, one.Title.Length == 0 ? [] : [words[one.Title]]));
    }

    private static PartLine Of(Concern one, Wording words) => new(one.Text, Facts(
        one.Text is null || one.Domain != ConcernDomain.Other ? words.Of("domain", Words.Of(one.Domain)) : null, one.About == ConcernAbout.Caregiver ? words["need.of-caregiver"] : null,
        one.Status == ConditionClinical.Active ? null : words.Of("need-status", Words.Of(one.Status)), one.Priority is { } priority ? words.Say("need.priority", priority) : null));

    private static IEnumerable<PartLine> Of(Symptom one, DateTimeOffset now, Wording words)
    {
        yield return new PartLine(one.Text, Facts(
            one.Score is { } score ? words.Say("symptom.score", words.Of("symptom", Words.Of(one.Kind)), score) : words.Of("symptom", Words.Of(one.Kind)),
            one.Usual is { } usual ? words.Say("symptom.usual", usual) : null, one.Tolerable is { } tolerable ? words.Say("symptom.tolerable", tolerable) : null,
            one.Since is { } since ? words.Say("goal.since", When.Of(since, now, words)) : null, By(one.ReportedBy, words), one.NeedsClinician ? words["symptom.clinician"] : null));
        if (one.Tried is { } tried)
            yield return new PartLine(tried, [words["symptom.tried"]]) { IsUnder = true };
    }

    private static IEnumerable<PartLine> Of(ToldScreening one, Wording words)
    {
        yield return new PartLine(one.Title, one.Declined ? [words["screening.declined"]] : []);
        foreach (var answer in one.Answers)
            yield return new PartLine($"{answer.Question.TrimEnd('.', ':')}{(answer.Question.EndsWith('?') ? "" : ":")} {answer.Answer}", answer.IsNeed ? [words["screening.need"]] : []) { IsUnder = true };
        foreach (var result in one.Results)
            yield return new PartLine($"{result.Question}: {result.Answer}", []) { IsUnder = true };
    }

    private static PartLine Of(Vital one, DateTimeOffset now, Wording words)
    {
        var value = Measures.Of(one, words);
        return new PartLine(one.Text, Facts($"{words.Of("vital", Words.Of(one.Kind))}{(value is null ? "" : $" {value}")}", one.Date is { } date ? When.Of(date, now, words) : null, By(one.ReportedBy, words)));
    }

    private static PartLine Of(MedicineAtHome one, Wording words) => new(one.Text, Facts(
        one.Taking is { } taking ? words.Of("takes", Words.Of(taking)) : null, one.Why is { } why ? words.Of("takes-not", Words.Of(why)) : null, one.DaysLeft is { } days ? words.Count("days-left", days) : null));

    private static IEnumerable<PartLine> Of(NoteGoal goal, DateTimeOffset now, Wording words)
    {
        yield return new PartLine(goal.Text, Facts(
            words.Of("goal-status", Words.Of(goal.Status)), goal.Achievement is { } achieved ? words.Of("achievement", Words.Of(achieved)) : null, goal.Due is { } due ? words.Say("goal.due", When.Of(due, now, words)) : null))
        {
            IsQuote = goal.WordsOf is WordsOf.Patient or WordsOf.Caregiver,
        };
        foreach (var step in goal.Steps)
            yield return new PartLine(step.Text, Facts(
                words.Of("step", Words.Of(step.Status)), step.Who is { } who ? words.Of("doer", Words.Of(who)) : null, step.Due is { } by ? words.Say("goal.due", When.Of(by, now, words)) : null)) { IsUnder = true };
    }

    private static PartLine Of(Referral one, Wording words) => new(one.Text, Facts(
        NoteWords.Service(one.Service, words), 
        one.Organization?.Name, one.Organization?.Phone, words.Of("referral", Words.Of(one.Status)), one.Urgency == Urgency.Routine ? null : words.Of("urgency", Words.Of(one.Urgency))));

    private static IEnumerable<PartLine> Of(AdvanceCarePlanning? planning, Wording words)
    {
        if (planning is null)
            yield break;
        yield return new PartLine(planning.Text, [words.Of("talk", Words.Of(planning.Discussed))]);
        foreach (var fact in NoteWords.Planning(planning, words))
            yield return new PartLine(null, [fact]) { IsUnder = true };
    }

    private static IEnumerable<PartLine> Of(NoteMessage one, Wording words)
    {
        yield return new PartLine(one.Text, Facts(
            words.Say("message.to", string.Join(", ", one.To.Select(to => words.Of("role", to)))), words.Say("message.needed", words.Of("urgency", Words.Of(one.Urgency))),
            one.Topic is { } topic ? words.Of("topic", Words.Of(topic)) : null, one.NeedsReply ? words["message.needs-reply"] : null));
        if (one.Callback is { } call)
            yield return new PartLine(null, [words.Say("message.callback", string.Join(", ", new[] { call.Name, call.Relationship, call.Phone, call.BestTime }.Where(fact => fact is not null)))]) { IsUnder = true };
    }

    private static IEnumerable<PartLine> Of(FollowUp? next, DateTimeOffset now, Wording words)
    {
        if (next?.NextVisit is { } visit)
            yield return new PartLine(null, [words.Say("follow-up.next", When.Of(visit, now, words))]);
        if (next?.Text is { } text)
            yield return new PartLine(text, []);
    }

    private static IEnumerable<PartLine> People(Visit visit, Wording words)
    {
        foreach (var one in visit.Participants)
            yield return new PartLine(one.Name ?? one.Relationship, Facts(one.Name is null ? null : one.Relationship, one.Phone, one.MayDiscuss is MayDiscuss.Yes or MayDiscuss.No ? words.Of("may-be-told", Words.Of(one.MayDiscuss.Value)) : null));
        if (visit.Interpreter is { } interpreter)
            yield return new PartLine(interpreter.Name, Facts(words["part.interpreter"], interpreter.Language is { } language ? words.Of("tongue", language.Split('-')[0]) : null, interpreter.Mode is { } mode ? words.Of("interpreter", mode) : null));
    }

    private static IEnumerable<PartLine> Of(HomeNotes? home, Wording words)
    {
        if (home?.Access is { } access)
            yield return new PartLine(access, [words["home.access"]]);
        if (home?.CallFirst is true)
            yield return new PartLine(null, [words["home.call-first"]]);
        if (home?.Pets is { } pets)
            yield return new PartLine(pets, [words["home.pets"]]);
        if (home?.Safety is { } safety)
            yield return new PartLine(safety, [words["home.safety"]]);
    }

    private static string? By(ReportedBy? by, Wording words) => by is { } one ? words.Of("told", Words.Of(one)) : null;

    private static IReadOnlyList<string> Facts(params string?[] facts) => [.. facts.OfType<string>().Where(fact => fact.Length > 0)];
}
