using System.Net;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>What a browser does of itself with our answers: keeps cookies by path, and sends them on this machine though they are for secure origins.</summary>
internal sealed class PlainBrowser(Uri service) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = service, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Name, path, value.</summary>
    public List<(string Name, string Path, string Value)> Cookies { get; private init; } = [];

    /// <summary>As the last answer set them, with their attributes.</summary>
    public IReadOnlyList<string> LastSet { get; private set; } = [];

    public string? Language { get; init; }

    public PlainBrowser Twin(Uri? other = null) => new(other ?? http.BaseAddress!) { Cookies = [.. Cookies] };

    public Task<Seen> GetAsync(string address, params (string Name, string Value)[] headers) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address), headers);

    public Task<Seen> PostAsync(string address, params (string Name, string Value)[] form) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))) }, [("Sec-Fetch-Site", "same-origin")]);

    public async Task<Seen> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        var address = new Uri(http.BaseAddress!, request.RequestUri!);
        var path = address.AbsolutePath;
        var sent = Cookies.Where(cookie => path == cookie.Path || path.StartsWith(cookie.Path.TrimEnd('/') + "/", StringComparison.Ordinal)).Select(cookie => $"{cookie.Name}={cookie.Value}").ToList();
        if (sent.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", sent));
        if (Language is not null)
            request.Headers.Add("Accept-Language", Language);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        LastSet = answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
        foreach (var cookie in LastSet)
            Keep(cookie);
        return new Seen(answer.StatusCode, answer.Headers.Location, await answer.Content.ReadAsStringAsync(), answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => http.Dispose();

    private void Keep(string cookie)
    {
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
        var (name, value) = (parts[0][..parts[0].IndexOf('=')], parts[0][(parts[0].IndexOf('=') + 1)..]);
        var path = parts.FirstOrDefault(part => part.StartsWith("path=", StringComparison.OrdinalIgnoreCase))?[5..] ?? "/";
        Cookies.RemoveAll(one => one.Name == name && one.Path == path);
        if (value.Length > 0 && !cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            Cookies.Add((name, path, value));
    }
}
