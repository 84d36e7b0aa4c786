using System.Text;

namespace ChwFhir.WriteBack;

/// <summary>A name without what people and systems spell differently: case, accents, hyphens, apostrophes, spaces.</summary>
internal static class FoldedName
{
    // The runtime runs without a culture's data, so letters with marks are taken apart here: Latin, all that Unicode composes.
    private static readonly Dictionary<char, string> Plain = Table(
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇ", "cçćĉċčḉ", "dðďđḋḍḏḑḓ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "fḟ", "gĝğġģǧǵḡ", "hĥħȟḣḥḧḩḫẖ",
        "iìíîïĩīĭįıǐȉȋḭḯỉị", "jĵǰ", "kķǩḱḳḵ", "lĺļľłḷḹḻḽ", "mḿṁṃ", "nñńņňǹṅṇṉṋ", "oòóôõöøōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ", "pṕṗ", "rŕŗřȑȓṙṛṝṟ",
        "sśŝşšșṡṣṥṧṩ", "tţťŧțṫṭṯṱẗ", "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹ", "zźżžẑẓẕ");

    public static string Of(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant())
        {
            if (Plain.TryGetValue(letter, out var plain))
                folded.Append(plain);
            else if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
                folded.Append(letter);
        }
        return folded.ToString();
    }

    private static Dictionary<char, string> Table(params string[] rows)
    {
        var table = new Dictionary<char, string> { ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['þ'] = "th" };
        foreach (var row in rows)
            foreach (var marked in row[1..])
                table[marked] = row[..1];
        return table;
    }
}
