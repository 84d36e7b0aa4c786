using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>
/// Signs that look like the letters of the reference line, or become them when software makes plain letters of fancy ones: wide, styled, circled, raised,
/// of other alphabets. The runtime runs without a culture's data, so Unicode's own tables are not at hand.
/// </summary>
internal static class LookAlikes
{
    private static readonly FrozenDictionary<int, string> Table = Build(
        "cⅭⅽℂℭᴄᶜ\uA7F2ꟲϲϹсСⲤⲥ⊂¢©", "hℋℌℍℎℏʰᴴʜнНһҺΗԨ", "wᴡʷᵂԝԜѡѠաωɯш₩", "nℕⁿᴺɴηΝпПոռ", "oℴºᵒᴼᴏοΟоОօՕ०๐0০°◦", "tᴛᵗᵀτΤтТ†\uFF34", "eℯℰℇⅇᴇᵉᴱₑеЕҽεΕє€ɛ℮3", "rℛℜℝʳᴿʀᵣгᴦ", "fℱꜰᶠϝϜſẝƒ");

    private static readonly (int First, bool BothCases)[] Alphabets =
    [
        (0xFF21, false), (0xFF41, false), (0x24B6, true), (0x249C, false), (0x1F110, false), (0x1F130, false), (0x1F150, false), (0x1F170, false), (0x1F1E6, false),
        (0xE0041, false), (0xE0061, false),
    ];

    /// <summary>The plain letters of a letter that is one in itself; else nothing.</summary>
    internal static string Of(char letter) => char.IsSurrogate(letter) ? "" : Of(new Rune(letter));

    internal static string Of(Rune rune)
    {
        if (Table.TryGetValue(rune.Value, out var known))
            return known;
        if (rune.Value is >= 0x1D400 and < 0x1D6A4)
            return ((char)('a' + ((rune.Value - 0x1D400) % 26))).ToString();
        foreach (var (first, both) in Alphabets)
        {
            if (rune.Value >= first && rune.Value < first + (both ? 52 : 26))
                return ((char)('a' + ((rune.Value - first) % 26))).ToString();
        }

        if (!rune.IsBmp)
            return "";
        var lower = char.ToLowerInvariant((char)rune.Value);
        return (PlainLetters.Of(lower) ?? (lower == (char)rune.Value ? "" : lower.ToString())) is { Length: > 0 } plain && char.IsAscii(plain[0]) ? plain : "";
    }

    /// <summary>Letters and signs that nobody sees.</summary>
    internal static bool IsUnseen(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    private static FrozenDictionary<int, string> Build(params string[] rows)
    {
        var table = new Dictionary<int, string> { ['№'] = "no", ['ﬀ'] = "ff", ['ﬁ'] = "fi", ['ﬂ'] = "fl", ['ﬃ'] = "ffi", ['ﬄ'] = "ffl", ['℀'] = "ac", ['℅'] = "co", ['℆'] = "cu" };
        foreach (var row in rows)
            foreach (var rune in row[1..].EnumerateRunes())
                table[rune.Value] = row[..1];
        return table.ToFrozenDictionary();
    }
}
