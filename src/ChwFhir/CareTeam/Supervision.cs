using ChwFhir.Access;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>Whose supervisor somebody is: the word <c>supervisor</c> means the CHW's own, not everybody in that role.</summary>
/// <param name="Patients">Those of these CHWs: what is held and comes from no CHW is theirs by its patient.</param>
public sealed record Supervision(ChwSet Chws, PatientSet Patients)
{
    public static readonly Supervision None = new(ChwSet.None, PatientSet.None);
    public static readonly Supervision All = new(ChwSet.All, PatientSet.All);

    /// <summary>Whether a message to the supervisor is for them.</summary>
    internal bool Has(StoredMessage message) => Chws.IsAll || message.Writers.Any(IsTheirs) || (!message.IsOfChw && (!message.Held || Patients.Has(message.Patient)));

    internal Supervision And(Supervision other) => new(Chws.And(other.Chws), Patients.And(other.Patients));

    internal SupervisedMessages ToFilter() => new(Chws.IsAll, [.. Chws.Practitioners, .. Chws.Subjects], Patients.IsAll ? null : [.. Patients.Patients ?? new HashSet<string>()]);

    private bool IsTheirs(string writer) => Chws.Practitioners.Contains(writer) || Chws.Subjects.Contains(writer);
}
