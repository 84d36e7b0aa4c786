namespace ChwFhir.Journeys;

internal static class HttpClientExtensions
{
    /// <summary>The body, whatever the status says.</summary>
    public static async Task<string> GetStringOfAsync(this HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }
}
