namespace ChwFhir.Chart;


/// <summary>The same in words that everybody knows; the chart's own words stand beside it always.</summary>
public sealed record InPlainWords(string En, string Es)
{
    /// <param name="language"><c>en</c> or <c>es</c>.</param>
    public string In(string language) => language == "es" ? Es : En;
}
