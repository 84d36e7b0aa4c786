namespace ChwFhir.Intake;

/// <summary>
/// Letters without their marks, so that one word has one spelling: with accents or without, its letters composed (NFC) or taken apart (NFD).
/// The runtime runs without a culture's data, so <see cref="string.Normalize()"/> leaves all as it is: here is the table.
/// </summary>
internal static class PlainLetters
{
    private static readonly Dictionary<char, string> Plain = Table(
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇ", "cçćĉċčḉ", "dðďđḋḍḏḑḓ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "fḟ", "gĝğġģǧǵḡ", "hĥħȟḣḥḧḩḫẖ",
        "iìíîïĩīĭįıǐȉȋḭḯỉị", "jĵǰ", "kķǩḱḳḵ", "lĺļľłḷḹḻḽ", "mḿṁṃ", "nñńņňǹṅṇṉṋ", "oòóôõöøōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ", "pṕṗ", "rŕŗřȑȓṙṛṝṟ",
        "sśŝşšșṡṣṥṧṩ", "tţťŧțṫṭṯṱẗ", "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹ", "zźżžẑẓẕ",
        // Greek and Cyrillic letters that Unicode composes.
        "αά", "εέ", "ηή", "ιίϊΐ", "οό", "υύϋΰ", "ωώ", "гѓ", "еѐё", "иѝй", "кќ", "іїі", "уў");

    /// <summary>Of a lower-case letter; null when it has no mark.</summary>
    public static string? Of(char letter) => Plain.GetValueOrDefault(letter);

    /// <summary>A mark that stands after its letter: those of Latin, Greek and Cyrillic. In other scripts marks are vowels, and count.</summary>
    public static bool IsMark(char character) => character is >= '\u0300' and <= '\u036F';

    private static Dictionary<char, string> Table(params string[] rows)
    {
        var table = new Dictionary<char, string> { ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['þ'] = "th", ['İ'] = "i" };
        foreach (var row in rows)
            foreach (var marked in row[1..])
                table[marked] = row[..1];
        return table;
    }
}
