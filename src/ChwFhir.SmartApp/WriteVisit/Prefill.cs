using System.Globalization;
using ChwFhir.Intake;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What the visits before say for this one: what is open, and what the house is like. No answer is filled in. Pure.</summary>
internal static class Prefill
{
    private static readonly GoalStatus[] Over = [GoalStatus.Completed, GoalStatus.Cancelled, GoalStatus.Rejected, GoalStatus.EnteredInError];
    private static readonly ReferralStatus[] Ended = [ReferralStatus.Completed, ReferralStatus.Cancelled, ReferralStatus.Rejected, ReferralStatus.Failed, ReferralStatus.EnteredInError];
    private static readonly ConditionClinical[] Settled = [ConditionClinical.Resolved, ConditionClinical.Inactive, ConditionClinical.Remission];

    /// <param name="notes">Of this patient, as far as whoever writes may read them; the newest first.</param>
    /// <param name="programme">The newest one's <c>programme</c>, as it was sent.</param>
    /// <param name="isOfTheTeam">Whoever writes is shown the home and the questions for next time elsewhere too.</param>
    public static FormFields Of(IReadOnlyList<VisitNote> notes, string? programme, bool isOfTheTeam = true)
    {
        List<KeyValuePair<string, string>> fields = [];
        Put(fields, "programme", programme);
        // What nobody answered is asked again only the next time.
        foreach (var (row, ask) in Numbered("asked", !isOfTheTeam ? [] : notes.FirstOrDefault()?.FollowUp?.Ask ?? []))
            Put(fields, row, ("known", "1"), ("question", ask));
        Needs(fields, notes);
        foreach (var (row, goal) in Numbered("goals", Latest(notes.SelectMany(note => note.Goals), goal => goal.Id ?? goal.Text, (now, before) => now.After(before)).Where(goal => !Over.Contains(goal.Status))))
            Goal(fields, row, goal);
        foreach (var (row, referral) in Numbered("referrals", Latest(notes.SelectMany(note => note.Referrals), referral => referral.Id ?? referral.Service, (now, before) => now.After(before)).Where(referral => !Ended.Contains(referral.Status))))
        {
            Put(fields, row, ("known", "1"), ("id", referral.Id), ("service", referral.Service), ("organization", referral.Organization?.Name), ("phone", referral.Organization?.Phone),
                ("reason", referral.Reason), ("urgency", Words.Of(referral.Urgency)));
        }
        foreach (var (row, person) in Numbered("people", Latest(notes.SelectMany(note => note.Visit.Participants), person => person.Id ?? $"{person.Name}|{person.Relationship}", (now, _) => now).Where(person => person.Role is ParticipantRole.Caregiver or ParticipantRole.Family or ParticipantRole.Other)))
        {
            Put(fields, row, ("known", "1"), ("id", person.Id), ("name", person.Name), ("relationship", person.Relationship), ("role", Words.Of(person.Role)), ("phone", person.Phone),
                ("mayDiscuss", person.MayDiscuss is { } may ? Words.Of(may) : null), ("livesHere", YesNo(person.LivesHere)));
        }
        if (isOfTheTeam)
            Home(fields, notes);
        return new FormFields(fields);
    }

    private static void Home(List<KeyValuePair<string, string>> fields, IReadOnlyList<VisitNote> notes)
    {
        var home = notes.Select(note => note.Home).OfType<HomeNotes>().ToList();
        Put(fields, "home.access", home.Select(one => one.Access).FirstOrDefault(text => text is not null));
        Put(fields, "home.callFirst", YesNo(home.Select(one => one.CallFirst).FirstOrDefault(first => first is not null)));
        Put(fields, "home.pets", home.Select(one => one.Pets).FirstOrDefault(text => text is not null));
        Put(fields, "home.safety", home.Select(one => one.Safety).FirstOrDefault(text => text is not null));
    }

    private static void Needs(List<KeyValuePair<string, string>> fields, IReadOnlyList<VisitNote> notes)
    {
        var concerns = notes.SelectMany(note => note.Concerns).Where(concern => concern.About == ConcernAbout.Patient);
        foreach (var (row, concern) in Numbered("knownNeeds", Latest(concerns, concern => concern.Id ?? (concern.Domain == ConcernDomain.Other ? concern.Text ?? "" : Words.Of(concern.Domain)), (now, before) => now.After(before)).Where(concern => !Settled.Contains(concern.Status))))
            Put(fields, row, ("known", "1"), ("id", concern.Id), ("domain", Words.Of(concern.Domain)), ("called", concern.Text), ("hold", concern.Hold is { } hold ? Words.Of(hold.Why) : null));
    }

    private static void Goal(List<KeyValuePair<string, string>> fields, string row, NoteGoal goal)
    {
        Put(fields, row, ("known", "1"), ("id", goal.Id), ("text", goal.Text), ("was", Words.Of(goal.Status)), ("rank", goal.Priority?.ToString(CultureInfo.InvariantCulture)),
            ("began", goal.Start), ("due", goal.Due), ("wordsOf", goal.WordsOf is { } words ? Words.Of(words) : null), ("addresses", goal.Addresses.Count > 0 ? string.Join(' ', goal.Addresses) : null), ("past", PastSteps.Of(goal)));
        foreach (var (at, step) in Numbered($"{row}.steps", goal.Steps).Where(one => !PastSteps.IsPast(one.One)))
        {
            Put(fields, at, ("known", "1"), ("id", step.Id), ("text", step.Text), ("was", Words.Of(step.Status)), ("who", step.Who is { } who ? Words.Of(who) : null), ("due", step.Due));
        }
    }

    // The newest first, each after what was told of it before.
    private static IEnumerable<T> Latest<T>(IEnumerable<T> all, Func<T, string> name, Func<T, T, T> after) where T : class =>
        all.GroupBy(one => name(one).Trim(), StringComparer.OrdinalIgnoreCase).Select(told => told.Reverse().Aggregate((before, now) => after(now, before)));

    private static IEnumerable<(string Row, T One)> Numbered<T>(string list, IEnumerable<T> all) => all.Select((one, i) => ($"{list}.{i.ToString(CultureInfo.InvariantCulture)}", one));

    private static string? YesNo(bool? value) => value is { } known ? known ? "yes" : "no" : null;

    private static void Put(List<KeyValuePair<string, string>> fields, string row, params ReadOnlySpan<(string Name, string? Value)> values)
    {
        foreach (var (name, value) in values)
            Put(fields, $"{row}.{name}", value);
    }

    private static void Put(List<KeyValuePair<string, string>> fields, string name, string? value)
    {
        if (value is not null)
            fields.Add(KeyValuePair.Create(name, value));
    }
}
