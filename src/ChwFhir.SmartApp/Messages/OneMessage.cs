using ChwFhir.CareTeam;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Messages;

/// <summary>One message as somebody works on it.</summary>
/// <param name="Base">Its address in this session.</param>
/// <param name="Names">What people are called, by their reference.</param>
/// <param name="Colleagues">To whom it may be handed by name.</param>
/// <param name="FormId">Of the next answer: sent twice it is one.</param>
/// <param name="Form">What was sent and not taken, or is asked about.</param>
public sealed record OneMessage(
    OpenSession Session, Wording Words, DateTimeOffset Now, string Base, MessageView Message, IReadOnlyDictionary<string, string> Names, IReadOnlyList<StaffRow> Colleagues, string FormId, AnswerForm Form)
{
    public string Self => Session.Body.Practitioner ?? Session.Body.Subject;

    internal Whom Whom => new(Words, Names, Self);

    public bool IsOpen => Message.Reach != "closed" && Message.Withdrawn is null;

    public bool MayAct => IsOpen && Message.IsForReader;

    /// <summary>Somebody else has taken it.</summary>
    public bool IsElsewhere => Message.TakenBy is { } taken && taken != Self;

    /// <summary>It is for a CHW to read what is answered.</summary>
    public bool GoesToChw => Message.IsReadByChw;
}
