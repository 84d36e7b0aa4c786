using System.Globalization;
using System.Text;

namespace ChwFhir.Sandbox.Search;

internal static class Folding
{
    /// <summary>Lower case without accents, so that <c>lucia</c> finds Lucía.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(letter));
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }
}
