using System.Text;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>A name without what people and systems spell differently: case, accents, hyphens, apostrophes, spaces.</summary>
internal static class FoldedName
{
    public static string Of(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant())
        {
            if (PlainLetters.Of(letter) is { } plain)
                folded.Append(plain);
            else if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
                folded.Append(letter);
        }
        return folded.ToString();
    }
}
