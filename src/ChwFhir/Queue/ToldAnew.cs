namespace ChwFhir.Queue;

/// <summary>What a note tells otherwise from now on.</summary>
/// <param name="Messages">In place of those under their keys.</param>
/// <param name="NoMore">Keys of those that it does not tell any more.</param>
public sealed record ToldAnew(IReadOnlyList<IncomingMessage> Messages, IReadOnlyList<string> NoMore)
{
    public static readonly ToldAnew Nothing = new([], []);
}
