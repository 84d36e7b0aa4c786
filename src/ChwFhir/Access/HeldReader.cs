using ChwFhir.CareTeam;
using ChwFhir.Mapping;

namespace ChwFhir.Access;

/// <summary>Somebody before the held parts of one note.</summary>
/// <param name="Rights">Over the note as a whole.</param>
/// <param name="IsWriter">The CHW who wrote it.</param>
/// <param name="Answers">What a part may be for, so that they may read it.</param>
internal sealed record HeldReader(NoteRights Rights, bool IsWriter, bool IsClinician, bool IsSocialWorker, IReadOnlySet<string> Answers)
{
    public bool MayDecide => IsClinician || IsSocialWorker;

    public bool MaySee(HeldPart part) =>
        IsWriter || IsSocialWorker || (IsClinician && !part.IsForFewOnly) || part.For.Select(TeamCaller.Canonical).Any(who => Answers.Contains(who) && !(part.IsForFewOnly && who == TeamRoles.CareTeam));

    public bool MayRelease(HeldPart part) => MayDecide && MaySee(part) && part.MayBeReleased && (IsClinician || !part.IsOfTheYoung);
}
