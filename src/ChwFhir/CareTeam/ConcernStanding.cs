using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>What the care team says of a patient's concerns by now: of each the last word counts.</summary>
/// <param name="Words">All of them, the first one first.</param>
public sealed record ConcernStanding(IReadOnlyList<ConcernWordRow> Words)
{
    /// <summary>The clinician's word on it: confirmed or set aside; null while nobody has said anything.</summary>
    public ConcernWordRow? Of(string concern) => Words.LastOrDefault(word => word.Concern == concern && word.Word is ConcernDesk.Confirmed or ConcernDesk.SetAside);

    /// <summary>Who works on it.</summary>
    public ConcernWordRow? OwnerOf(string concern) => Words.LastOrDefault(word => word.Concern == concern && word.Word is ConcernDesk.Taken or ConcernDesk.GivenBack) is { Word: ConcernDesk.Taken } taken ? taken : null;

    /// <summary>Concerns that a clinician has set aside.</summary>
    public IReadOnlySet<string> SetAside => Words.Select(word => word.Concern).Distinct().Where(concern => Of(concern) is { Word: ConcernDesk.SetAside }).ToHashSet(StringComparer.Ordinal);

    /// <summary>It is what they said last already.</summary>
    public bool Says(string concern, string word, string by) =>
        (word is ConcernDesk.Confirmed or ConcernDesk.SetAside ? Of(concern) : Words.LastOrDefault(one => one.Concern == concern && one.Word is ConcernDesk.Taken or ConcernDesk.GivenBack)) is { } last && last.Word == word && last.By == by;
}
