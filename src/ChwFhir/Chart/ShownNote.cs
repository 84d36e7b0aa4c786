using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>A note without what is held: nothing of it may be guessed from what is left. Pure.</summary>
internal static class ShownNote
{
    /// <param name="ofTheTeam">Its reader is of the CHW team, for whom the home, the questions for next time and the times are.</param>
    public static VisitNote Of(Draft draft, bool ofTheTeam)
    {
        var (note, holds) = (draft.Note, draft.Holds);
        return note with
        {
            Narrative = holds.Narrative ? null : note.Narrative,
            NarrativeHold = null,
            Sections = [.. note.Sections.Where(one => !holds.Of(one))],
            Concerns = [.. note.Concerns.Where(one => !holds.Of(one))],
            Screenings = [.. note.Screenings.Where(one => !holds.Of(one)).Select(one => one with { Answers = [.. one.Answers.Where(answer => !holds.Item(answer.Item))] }).Where(one => one.Declined || one.Answers.Count > 0)],
            Symptoms = [.. note.Symptoms.Where(one => !holds.Of(one))],
            Goals = [.. note.Goals.Where(one => !holds.Of(one)).Select(one => one with { Addresses = [.. one.Addresses.Where(concern => !holds.IsHeldConcern(concern))] })],
            Referrals = [.. note.Referrals.Where(one => !holds.Of(one)).Select(one => one.Reason is { } why && holds.IsHeldConcern(why) ? one with { Reason = null } : one)],
            Messages = [.. note.Messages.Where(one => !holds.Of(one))],
            FollowUp = note.FollowUp is { } next && !ofTheTeam ? next with { Ask = [] } : note.FollowUp,
            Home = ofTheTeam ? note.Home : null,
            Consents = ofTheTeam ? note.Consents : [],
            Time = ofTheTeam ? note.Time : [],
            Visit = ofTheTeam ? note.Visit : note.Visit with { Travel = null },
        };
    }

    /// <summary>An earlier version of a note that holds something since: what the last one shows word for word. That it was changed says nothing of what.</summary>
    public static VisitNote SaidByLast(Draft draft, Draft last, bool ofTheTeam) => SaidByBoth(Of(draft, ofTheTeam), Of(last, ofTheTeam));

    private static VisitNote SaidByBoth(VisitNote then, VisitNote now) => then with
    {
        Visit = then.Visit with { Participants = Both(then.Visit.Participants, now.Visit.Participants), Interpreter = Both(then.Visit.Interpreter, now.Visit.Interpreter), Travel = Both(then.Visit.Travel, now.Visit.Travel) },
        Insights = Both(then.Insights, now.Insights),
        WhatMatters = Both(then.WhatMatters, now.WhatMatters),
        Narrative = Both(then.Narrative, now.Narrative),
        Sections = Both(then.Sections, now.Sections),
        Concerns = Both(then.Concerns, now.Concerns),
        Screenings = Both(then.Screenings, now.Screenings),
        Symptoms = Both(then.Symptoms, now.Symptoms),
        Vitals = Both(then.Vitals, now.Vitals),
        MedicinesAtHome = Both(then.MedicinesAtHome, now.MedicinesAtHome),
        Goals = Both(then.Goals, now.Goals),
        Referrals = Both(then.Referrals, now.Referrals),
        Education = Both(then.Education, now.Education),
        AdvanceCarePlanning = Both(then.AdvanceCarePlanning, now.AdvanceCarePlanning),
        Messages = Both(then.Messages, now.Messages),
        FollowUp = Both(then.FollowUp, now.FollowUp),
        Home = Both(then.Home, now.Home),
        Consents = Both(then.Consents, now.Consents),
        Time = Both(then.Time, now.Time),
        Attachments = Both(then.Attachments, now.Attachments),
    };

    private static T? Both<T>(T? then, T? now) where T : class => then is not null && now is not null && HoldHistory.Words(then) == HoldHistory.Words(now) ? then : null;

    private static IReadOnlyList<T> Both<T>(IReadOnlyList<T> then, IReadOnlyList<T> now) where T : class
    {
        var words = now.Select(HoldHistory.Words).ToHashSet(StringComparer.Ordinal);
        return [.. then.Where(one => words.Contains(HoldHistory.Words(one)))];
    }
}
