using ChwFhir.CareTeam;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Inbox;

/// <summary>The inbox of somebody, as it is shown.</summary>
/// <param name="State"><c>open</c>, <c>mine</c> or <c>closed</c>.</param>
/// <param name="People">The patients, by <c>Patient/x</c>; who is missing could not be named in time.</param>
/// <param name="Covers">Colleagues for whom they read now.</param>
/// <param name="Next">Cursor of what follows; null on the last page.</param>
public sealed record InboxList(
    string State, IReadOnlyList<InboxGroup> Groups, IReadOnlyDictionary<string, Part<Person>> People, IReadOnlyDictionary<string, string> Names, IReadOnlyList<AwayRow> Covers, AwayRow? Away, string? Next)
{
    public int Count => Groups.Sum(group => group.Messages.Count);
}
