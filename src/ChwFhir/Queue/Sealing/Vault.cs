using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ChwFhir.Queue.Sealing;

/// <summary>
/// Seals values on their way into the store and opens them on their way out. A sealed value: a byte for the form, four for the key, then nonce, tag and
/// ciphertext; in text columns as base64url. It belongs to the form, to the key, to its kind (<see cref="Secret"/>) and, if no row is found by it, to its row.
/// </summary>
internal sealed class Vault
{
    /// <summary>The key by which values are found. It never changes: with another one nothing would be found.</summary>
    public const int IndexKey = 0;

    private const byte Form = 1;
    private const int Head = 5;
    private const int OnStack = 256;

    private const int LongestKept = 256;
    private const int MostKept = 20_000;

    private readonly ConcurrentDictionary<(FoundSecret Secret, string Text), string> _lately = new();
    private int _kept;
    private readonly ConcurrentDictionary<FoundSecret, (byte[] Hash, byte[] Cipher)> _found = new();
    private readonly Func<IReadOnlyDictionary<int, byte[]>> _look;
    private volatile Ring _ring;

    private readonly Action<string, RowName>? _broken;
    private readonly ConcurrentDictionary<(string Kind, string Table, long Number), bool> _told = new();

    /// <param name="look">The keys that are in the store by now: another instance may have made one.</param>
    /// <param name="broken">Told once of each kind of value, and each row of our own number, of which a seal does not hold.</param>
    public Vault(Func<IReadOnlyDictionary<int, byte[]>> look, Action<string, RowName>? broken = null) => (_ring, _broken) = (new Ring((_look = look)()), broken);

    /// <summary>Looks which keys there are now; what is sealed from here on is sealed with the newest.</summary>
    public void Refresh() => _ring = new Ring(_look());

    public string Seal(FoundSecret secret, string text)
    {
        // A patient's note names the patient, and itself, again and again; what is found by is sealed to the same each time.
        if (text.Length > LongestKept)
            return Found(secret, text);
        if (_lately.TryGetValue((secret, text), out var before))
            return before;
        var whole = Found(secret, text);
        if (Interlocked.Increment(ref _kept) > MostKept)
        {
            _lately.Clear();
            Interlocked.Exchange(ref _kept, 0);
        }
        return _lately[(secret, text)] = whole;
    }

    /// <summary>Other bytes in each note; it opens as any other.</summary>
    public string Seal(FoundSecret secret, string text, long note) => Found(secret, text, note);

    public string Seal(KeptSecret secret, string text, RowName row) => Base64Url.EncodeToString(Seal(secret, Encoding.UTF8.GetBytes(text), row));

    public byte[] Seal(KeptSecret secret, ReadOnlySpan<byte> clear, RowName row)
    {
        var ring = _ring;
        Span<byte> nonce = stackalloc byte[Gcm.Nonce];
        Nonces.Next(nonce);
        return Seal(secret, ring.Newest, ring.NewestKey, nonce, clear, row);
    }

    /// <exception cref="SealBrokenException">It is no such value, or not of this kind.</exception>
    public string OpenText(FoundSecret secret, string text) => Encoding.UTF8.GetString(Open(secret, IndexKey, Decode(secret, text), row: null));

    /// <exception cref="SealBrokenException">It is no such value, or not of this kind or row.</exception>
    public string OpenText(KeptSecret secret, string text, RowName row) => Encoding.UTF8.GetString(Open(secret, Decode(secret, text, row), row));

    /// <exception cref="SealBrokenException">It is no such value, or not of this kind or row.</exception>
    public byte[] Open(KeptSecret secret, ReadOnlySpan<byte> whole, RowName row) => Open(secret, key: null, whole, row);

    private byte[] Open(Secret secret, int? key, ReadOnlySpan<byte> whole, RowName? row)
    {
        if (whole.Length < Head + Gcm.Overhead || whole[0] != Form)
            throw Broken(secret, row);
        var number = BinaryPrimitives.ReadInt32BigEndian(whole[1..]);
        if ((number == IndexKey) != (key == IndexKey) || KeyOf(secret, number) is not { } bytes)
            throw Broken(secret, row);
        try
        {
            Span<byte> room = stackalloc byte[OnStack];
            return Gcm.Open(bytes, whole[Head..], Belonging(room, secret, number, row));
        }
        catch (CryptographicException e)
        {
            throw Broken(secret, row, e);
        }
    }

    /// <summary>Somebody has to hear of it, also where the work goes on without the value.</summary>
    public SealBrokenException Broken(Secret secret, RowName? row, Exception? why = null)
    {
        var name = row ?? new RowName("", 0);
        if (_told.Count < MostKept && _told.TryAdd((secret.Name, name.Table, name.Number), true))
            _broken?.Invoke(secret.Name, name);
        return new SealBrokenException(secret.Name, why);
    }

    private string Found(FoundSecret secret, string text, long? note = null)
    {
        var clear = Encoding.UTF8.GetBytes(text);
        var (hash, cipher) = KeysOf(secret);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(hash, note is { } number ? [.. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(number)), 0, .. clear] : clear, whole);
        return Base64Url.EncodeToString(Seal(secret, IndexKey, cipher, whole[..Gcm.Nonce], clear, row: null));
    }

    private static byte[] Seal(Secret secret, int number, byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> clear, RowName? row)
    {
        var whole = new byte[Head + Gcm.Overhead + clear.Length];
        whole[0] = Form;
        BinaryPrimitives.WriteInt32BigEndian(whole.AsSpan(1), number);
        Span<byte> room = stackalloc byte[OnStack];
        Gcm.Seal(key, nonce, clear, Belonging(room, secret, number, row), whole.AsSpan(Head));
        return whole;
    }

    // Names are our own words without a zero: what ends with one cannot be read as another.
    private static ReadOnlySpan<byte> Belonging(Span<byte> room, Secret secret, int number, RowName? row)
    {
        var key = row?.Key ?? "";
        var most = Head + secret.Name.Length + 1 + (row?.Table.Length ?? 0) + 1 + sizeof(long) + Encoding.UTF8.GetMaxByteCount(key.Length);
        if (most > room.Length)
            room = new byte[most];
        room[0] = Form;
        BinaryPrimitives.WriteInt32BigEndian(room[1..], number);
        var length = Head + Encoding.ASCII.GetBytes(secret.Name, room[Head..]);
        if (row is not { } named)
            return room[..length];
        room[length++] = 0;
        length += Encoding.ASCII.GetBytes(named.Table, room[length..]);
        room[length++] = 0;
        BinaryPrimitives.WriteInt64BigEndian(room[length..], named.Number);
        length += sizeof(long);
        return room[..(length + Encoding.UTF8.GetBytes(key, room[length..]))];
    }

    private byte[] Decode(Secret secret, string text, RowName? row = null)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException e)
        {
            throw Broken(secret, row, e);
        }
    }

    private byte[]? KeyOf(Secret secret, int number)
    {
        if (number == IndexKey)
            return KeysOf((FoundSecret)secret).Cipher;
        if (!_ring.Keys.ContainsKey(number))
            Refresh();
        return _ring.Keys.GetValueOrDefault(number);
    }

    private (byte[] Hash, byte[] Cipher) KeysOf(FoundSecret secret) => _found.GetOrAdd(secret, static (secret, index) =>
    {
        var both = HKDF.Expand(HashAlgorithmName.SHA256, index, 2 * MasterKey.Length, Encoding.ASCII.GetBytes($"chwfhir-store/1/{secret.Name}"));
        return (both[..MasterKey.Length], both[MasterKey.Length..]);
    }, _ring.Keys[IndexKey]);

    private sealed class Ring(IReadOnlyDictionary<int, byte[]> keys)
    {
        public IReadOnlyDictionary<int, byte[]> Keys => keys;

        public int Newest { get; } = keys.Keys.Max();

        public byte[] NewestKey { get; } = keys[keys.Keys.Max()];
    }
}
