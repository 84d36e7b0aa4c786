using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>What earlier editions of a note left behind.</summary>
/// <param name="Known">Resources of the note alone that it still speaks of, by key.</param>
/// <param name="Gone">What the EHR has of it and it no longer says.</param>
/// <param name="Others">What the other visits say of the long-lived resources that it speaks of, by key.</param>
/// <param name="Forgotten">What the service remembers of it and it no longer says, as it is to be remembered now.</param>
internal sealed record EarlierEdition(IReadOnlyDictionary<string, KnownResource> Known, IReadOnlyList<Gone> Gone, IReadOnlyDictionary<string, Said?> Others, IReadOnlyList<LongLivedRow> Forgotten)
{
    public static readonly EarlierEdition None = new(new Dictionary<string, KnownResource>(), [], new Dictionary<string, Said?>(), []);
}
