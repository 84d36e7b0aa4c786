namespace ChwFhir.Queue.Sealing;

/// <summary>The master key in use, and former ones that still open what was sealed under them until the start has wrapped it anew.</summary>
internal sealed class MasterKeys
{
    public const string Allowed = "one key a line, the one in use first, former ones behind it: each 32 random bytes in base64 (openssl rand -base64 32)";

    private readonly IReadOnlyList<MasterKey> _keys;

    private MasterKeys(IReadOnlyList<MasterKey> keys, bool forTryingOut) => (_keys, ForTryingOut) = (keys, forTryingOut);

    /// <summary>Made beside a store: whoever has the store has it too.</summary>
    public bool ForTryingOut { get; }

    public MasterKey Current => _keys[0];

    public MasterKey? Find(string id) => _keys.FirstOrDefault(key => key.Id == id);

    /// <summary>Null when it is no such text. Lines that begin with <c>#</c> say something to people.</summary>
    public static MasterKeys? Parse(string? text)
    {
        List<MasterKey> keys = [];
        Span<byte> key = stackalloc byte[MasterKey.Length + 1];
        // Several may stand in one line, as an environment variable has them.
        var lines = (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#');
        foreach (var word in lines.SelectMany(line => line.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!Convert.TryFromBase64String(word, key, out var length) || length != MasterKey.Length)
                return null;
            keys.Add(new MasterKey(key[..length]));
        }
        return keys.Count == 0 ? null : new MasterKeys(keys, text!.Contains(OwnKey.Mark, StringComparison.Ordinal));
    }
}
