using System.Net;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>What a browser got.</summary>
internal sealed record Seen(HttpStatusCode Status, Uri? Onward, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public IReadOnlyDictionary<string, string> OnwardQuery => Onward is null
        ? new Dictionary<string, string>()
        : Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Onward.IsAbsoluteUri ? Onward.Query : Onward.OriginalString[Math.Max(0, Onward.OriginalString.IndexOf('?'))..]).ToDictionary(one => one.Key, one => one.Value.ToString());

    /// <summary>The value of a hidden field.</summary>
    public string Field(string name) => System.Text.RegularExpressions.Regex.Match(Text, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;
}
