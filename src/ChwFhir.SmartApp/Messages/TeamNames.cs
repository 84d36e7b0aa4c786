using System.Collections.Concurrent;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Messages;

/// <summary>What people of the team are called: as they came in here, else as the EHR has them. Who can be named in neither way is named by their role.</summary>
internal sealed class TeamNames(NoteStore store, EhrConnection ehr, TimeProvider clock)
{
    private const int MostRemembered = 2000;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (string? Name, DateTimeOffset At)> remembered = new(StringComparer.Ordinal);

    /// <summary>Names by reference or subject.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string?> people, CancellationToken cancellationToken)
    {
        var names = (await store.StaffAsync(ehr.Id, cancellationToken)).ToDictionary(one => one.Self, one => one.Name, StringComparer.Ordinal);
        var others = people.OfType<string>().Where(who => who.StartsWith("Practitioner/", StringComparison.Ordinal) && !names.ContainsKey(who)).Distinct().Take(50).ToList();
        foreach (var (who, name) in await Task.WhenAll(others.Select(async who => (who, await InEhrAsync(who)))))
        {
            if (name is not null)
                names[who] = name;
        }
        return names;
    }

    /// <summary>Of messages: whoever wrote, read, took or answered one, and to whom it is by name.</summary>
    public Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<CareTeam.MessageView> messages, CancellationToken cancellationToken) => OfAsync(
        messages.SelectMany(one => (string?[])[one.From.Reference, one.By, one.TakenBy, one.CoveredFor, .. one.To, .. one.Copied, .. one.SeenBy.Select(seen => seen.By), .. one.Replies.Select(reply => reply.By)]), cancellationToken);

    /// <summary>Somebody has come in.</summary>
    public Task CameInAsync(Session session, CancellationToken cancellationToken)
    {
        var caller = CareTeam.TeamCallers.Of(session.Caller);
        return store.KeepStaffAsync(ehr.Id, new StaffRow(caller.Self, session.Name, caller.Roles, clock.GetUtcNow()), cancellationToken);
    }

    private async Task<string?> InEhrAsync(string who)
    {
        if (remembered.TryGetValue(who, out var known) && clock.GetUtcNow() - known.At < Fresh)
            return known.Name;
        // Names are no reason to wait; the next page has them.
        var asked = AskAsync(who);
        return await Task.WhenAny(asked, Task.Delay(Longest, clock)) == asked ? await asked : null;
    }

    private async Task<string?> AskAsync(string who)
    {
        var name = await ehr.Client.ReadAsync("Practitioner", who["Practitioner/".Length..], CancellationToken.None) switch
        {
            FhirAnswer.Done { Resource: Practitioner person } => People.Name(person.Name),
            _ => null,
        };
        if (remembered.Count > MostRemembered)
            remembered.Clear();
        if (name is not null)
            remembered[who] = (name, clock.GetUtcNow());
        return name;
    }
}
