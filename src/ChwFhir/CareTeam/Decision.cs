using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>A change, a refusal, or neither: then it is as it should be already.</summary>
internal sealed record Decision(MessageChange? Change, MessageAnswer? Refusal)
{
    public static readonly Decision Nothing = new(null, null);

    public Decision(MessageChange change) : this(change, null) { }

    public Decision(MessageAnswer refusal) : this(null, refusal) { }
}
