using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChwFhir.Fhir.Client;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>
/// <c>smart_style_url</c>: the colours and sizes of the EHR around the app. Only from the EHR itself, only what SMART names, only values that are one colour,
/// one length or a list of fonts; and colours only where the text can be read on them.
/// </summary>
internal sealed partial class Styles(Outside outside)
{
    private const string White = "#ffffff";
    private const string Black = "#000000";
    private static readonly Dictionary<string, string> None = [];

    // As in app.css.
    private static readonly Dictionary<string, string> Light = new()
    {
        ["color-scheme"] = "light", ["--line"] = "#d5dbe0", ["--accent"] = "#0b5c63", ["--warn"] = "#8a5300", ["--alarm"] = "#a61b1b", ["--ok"] = "#0b6b3a", ["--focus"] = "#1d70d6",
    };

    private static readonly Dictionary<string, string> Dark = new()
    {
        ["color-scheme"] = "dark", ["--line"] = "#303b45", ["--accent"] = "#63c7cf", ["--warn"] = "#f0b35a", ["--alarm"] = "#ff8f86", ["--ok"] = "#6fd09a", ["--focus"] = "#7db8ff",
    };

    /// <param name="home">Addresses of the EHR.</param>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(string? url, IReadOnlyList<Uri> home, CancellationToken cancellationToken)
    {
        if (url is null || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || !home.Any(one => OutsideAddress.SameOrigin(one, address)))
            return None;
        return await outside.ReadAsync(address, cancellationToken) is { } json ? Read(json) : None;
    }

    internal static IReadOnlyDictionary<string, string> Read(ReadOnlyMemory<byte> json)
    {
        Dictionary<string, string> said;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return None;
            said = document.RootElement.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String).DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Value.GetString()!.Trim());
        }
        catch (JsonException)
        {
            return None;
        }

        var style = new Dictionary<string, string>();
        if (Colour("color_background") is { } paper && Colour("color_text") is { } ink && Contrast(paper, ink) >= 7)
        {
            // A background that is light or dark takes the whole set with it, whatever the browser is set to: half of each cannot be read.
            foreach (var (property, value) in Luminance(paper) > 0.2 ? Light : Dark)
                style[property] = value;
            (style["--paper"], style["--paper-sunk"], style["--ink"], style["--ink-soft"]) = (paper, paper, ink, ink);
            Take("--accent", Readable("color_highlight"));
            Take("--alarm", Readable("color_error"));
            Take("--ok", Readable("color_success"));
            style["--accent-ink"] = Contrast(style["--accent"], White) >= Contrast(style["--accent"], Black) ? White : Black;

            string? Readable(string name) => Colour(name) is { } colour && Contrast(paper, colour) >= 4.5 ? colour : null;
        }
        Take("--radius", Match("dim_border_radius", Length()));
        Take("--size", Match("dim_font_size", FontSize()));
        Take("--font", Match("font_family_body", Fonts()));
        Take("--font-heading", Match("font_family_heading", Fonts()));
        return style;

        string? Colour(string name) => Match(name, Hex()) is { } hex ? hex.Length == 4 ? $"#{hex[1]}{hex[1]}{hex[2]}{hex[2]}{hex[3]}{hex[3]}" : hex : null;

        string? Match(string name, Regex form) => said.TryGetValue(name, out var value) && form.IsMatch(value) ? value : null;

        void Take(string property, string? value)
        {
            if (value is not null)
                style[property] = value;
        }
    }

    // WCAG 2.2, 1.4.3.
    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance(string hex)
    {
        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));

        double Part(int at)
        {
            var part = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }
    }

    [GeneratedRegex(@"\A#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\z")]
    private static partial Regex Hex();

    [GeneratedRegex(@"\A([0-9]|[1-3][0-9])(\.[0-9]{1,2})?px\z")]
    private static partial Regex Length();

    // Nothing smaller than can be read, nothing larger than leaves room.
    [GeneratedRegex(@"\A(1[4-9]|2[0-4])(\.[0-9]{1,2})?px\z")]
    private static partial Regex FontSize();

    [GeneratedRegex(@"\A[A-Za-z0-9 ,'-]{1,120}\z")]
    private static partial Regex Fonts();
}
