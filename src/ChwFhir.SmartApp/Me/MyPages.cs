using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Me;

/// <summary>Reads what the page of one's own settings shows.</summary>
internal sealed class MyPages(NoteStore store, EhrConnection ehr, CoverBook book, PanelFile panel, TeamNames names)
{
    private static readonly Role[] Licensed = [Role.Clinician, Role.Nurse, Role.SocialWorker];

    /// <summary>Whose messages would lie: whoever reads an inbox.</summary>
    public static bool MayBeAway(Session session) => session.Caller.IsAny(Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor);

    public async Task<MyPage> ReadAsync(OpenSession session, AwayForm form, string? said, CancellationToken cancellationToken)
    {
        var self = TeamCallers.Of(session.Body.Caller).Self;
        var away = await book.ReadAsync(cancellationToken);
        var covers = await CoversAsync(session.Body, cancellationToken);
        var (mine, covering) = (away.Where(one => one.Who == self).ToList(), away.Where(one => one.Cover == self).ToList());
        return new MyPage(mine, covering, covers, await names.OfAsync(mine.Select(one => one.Cover).Concat(covering.Select(one => one.Who)), cancellationToken), form, MayBeAway(session.Body), said);
    }

    /// <summary>Those who may act on what is for this person, their own role first: people who have come in here, and those of the site's list.</summary>
    public async Task<IReadOnlyList<StaffRow>> CoversAsync(Session session, CancellationToken cancellationToken)
    {
        var self = TeamCallers.Of(session.Caller);
        var wanted = session.Caller.IsAny(Licensed) ? Licensed : [Role.Supervisor];
        var known = await store.StaffAsync(ehr.Id, cancellationToken);
        var listed = panel.People().Values.Where(entry => entry is { Practitioner: not null, Roles: not null } && known.All(person => person.Self != entry.Practitioner)).ToList();
        var called = await names.OfAsync(listed.Select(entry => entry.Practitioner), cancellationToken);
        var others = listed.Where(entry => called.ContainsKey(entry.Practitioner!)).Select(entry => new StaffRow(entry.Practitioner!, called[entry.Practitioner!], [.. entry.Roles!.Select(Words.Of)], default));
        return
        [
            .. known.Concat(others).Where(person => person.Self != self.Self && wanted.Any(role => person.Roles.Contains(Words.Of(role))))
                .OrderByDescending(person => person.Roles.Any(self.Roles.Contains)).ThenBy(person => person.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }
}
