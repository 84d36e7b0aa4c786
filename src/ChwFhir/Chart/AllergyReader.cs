using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>Allergies: that there are none, that nobody asked and that nothing is recorded are three things.</summary>
internal static class AllergyReader
{
    private static readonly HashSet<string> NoneAtAll = ["716186003", "160244002"];
    private static readonly HashSet<string> NoneOfAKind = ["409137002", "429625007", "428607008", "428197003", "716184000", "716185004", "716220001", "428183000", "409136006"];
    private static readonly HashSet<string> NotAsked = ["1631000175102"];
    private static readonly string[] NoneAtAllWords = ["no known allergies", "no known allergy", "nka", "no known drug or food allergies"];
    private static readonly string[] NoneOfAKindWords = ["no known drug allerg", "no known medication allerg", "no known food allerg", "no known environmental allerg", "no known latex allerg", "nkda"];
    private static readonly string[] NotAskedWords = ["not on file", "patient not asked"];

    public static Allergies Read(IReadOnlyList<AllergyIntolerance> found)
    {
        var standing = found.Where(one => Said.Code(one.VerificationStatus) is not ("entered-in-error" or "refuted") && Said.Code(one.ClinicalStatus) is not ("inactive" or "resolved")).ToList();
        var items = standing.Where(one => Meaning(one) == "allergy" && Text(one) is not null).Select(Of)
            .OrderBy(one => one.Criticality == "high" ? 0 : 1).ThenBy(one => one.Text, StringComparer.OrdinalIgnoreCase).DistinctBy(one => one.Text.ToLowerInvariant()).ToList();
        var none = standing.FirstOrDefault(one => Meaning(one) == "none");
        var asked = standing.FirstOrDefault(one => Meaning(one) == "not-asked");
        IReadOnlyList<string> ofAKind = [.. standing.Where(one => Meaning(one) == "none-of-a-kind").Select(Text).OfType<string>().Distinct()];
        return items.Count > 0 ? new Allergies("listed", items, ofAKind, null)
            : none is not null ? new Allergies("no-known", [], ofAKind, Source(none))
            : asked is not null ? new Allergies("not-asked", [], ofAKind, Source(asked))
            : new Allergies("none-recorded", [], ofAKind, null);
    }

    public static bool IsAllergy(AllergyIntolerance one) => Meaning(one) == "allergy" && Text(one) is not null && Said.Code(one.VerificationStatus) is not ("entered-in-error" or "refuted");

    public static Allergy Of(AllergyIntolerance one) => new(
        Text(one)!, one.Category.FirstOrDefault(category => category is not null)?.GetLiteral(), one.Criticality?.GetLiteral(), one.Type is AllergyIntolerance.AllergyIntoleranceType.Intolerance,
        [.. one.Reaction.SelectMany(reaction => reaction.Manifestation.Select(Said.Text).Append(reaction.Manifestation.Count == 0 ? Said.Clean(reaction.Description) : null)).OfType<string>().Distinct()], Source(one));

    private static FactSource Source(AllergyIntolerance one) => Said.Chart(one, Said.Clean(one.RecordedDate) ?? Said.Date(one.Onset));

    private static string? Text(AllergyIntolerance one) => Said.Text(one.Code) ?? one.Reaction.Select(reaction => Said.Text(reaction.Substance)).FirstOrDefault(text => text is not null);

    private static string Meaning(AllergyIntolerance one)
    {
        var codes = one.Code?.Coding.Select(coding => coding.Code).OfType<string>().ToList() ?? [];
        var words = Text(one)?.ToLowerInvariant() ?? "";
        return codes.Any(NoneAtAll.Contains) || NoneAtAllWords.Contains(words) ? "none"
            : codes.Any(NotAsked.Contains) || NotAskedWords.Any(words.StartsWith) ? "not-asked"
            : codes.Any(NoneOfAKind.Contains) || NoneOfAKindWords.Any(words.StartsWith) ? "none-of-a-kind"
            : "allergy";
    }
}
