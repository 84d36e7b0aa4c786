using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChwFhir.Intake.Narratives;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>Something the words seem to say that one tap makes a part of the form.</summary>
/// <param name="Key">The same for the same thing, wherever the words say it.</param>
/// <param name="Kind"><c>concern</c>, <c>symptom</c>, <c>goal</c> or <c>follow-up</c>.</param>
/// <param name="Quote">The words it comes from.</param>
/// <param name="Score">0–10, where the words say one.</param>
/// <param name="Fields">What a tap puts into the form; <c>needs.+.text</c> is of a new row.</param>
public sealed record SuggestedPart(string Key, string Kind, string? Code, string Quote, int? Score, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private const string NewRow = ".+.";

    public static SuggestedPart Of(Suggestion suggestion)
    {
        using var json = JsonDocument.Parse(suggestion.Part);
        return Of(suggestion.Kind, suggestion.Code, suggestion.Text, json.RootElement);
    }

    /// <summary>Null of what is held: its note says nothing of it.</summary>
    public static SuggestedPart? Of(NoteSuggestion suggestion) =>
        suggestion is { Part: { ValueKind: JsonValueKind.Object } part, Text: { } quote, Kind: { } kind } ? Of(kind, suggestion.Code, quote, part) : null;

    private static SuggestedPart Of(string kind, string? code, string quote, JsonElement part)
    {
        var score = part.TryGetProperty("score", out var number) && number.TryGetInt32(out var value) ? value : (int?)null;
        var text = Text(part, "text");
        var hold = part.TryGetProperty("hold", out var held) ? Text(held, "why") : null;
        (string, string?)[] fields = kind switch
        {
            "concern" => [("needs.+.domain", code), ("needs.+.text", text), ("needs.+.hold", hold), ("needs.+.taken", "1")],
            "symptom" when VisitForm.Scales.Contains(code) => Symptom($"symptom.{code}", score, text, hold),
            "symptom" => [("signs.+.symptom", code), .. Symptom("signs.+", score, text, hold)],
            "goal" => [("goals.+.text", text), ("goals.+.taken", "1")],
            _ => [("next.date", Text(part, "nextVisit")), ("next.text", text), ("next.taken", "1")],
        };
        return new SuggestedPart(
            $"{kind}/{code ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? quote)).AsSpan(0, 8))}", kind, code, quote, score,
            [.. from field in fields where field.Item2 is not null select KeyValuePair.Create(field.Item1, field.Item2!)]);
    }

    /// <summary>The form with it; what somebody wrote in its place stays before it.</summary>
    public FormFields Into(FormFields form)
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, value) in Fields)
        {
            var name = field;
            if (field.IndexOf(NewRow, StringComparison.Ordinal) is var at and >= 0)
            {
                var list = field[..at];
                if (!rows.TryGetValue(list, out var row))
                    rows[list] = row = EmptyRow(form, list) ?? form.NextRow(list);
                name = $"{row}.{field[(at + NewRow.Length)..]}";
            }
            form = form.With((name, name == "next.text" && form.Text(name) is { } there ? $"{there}\n{value}" : value));
        }
        return form;
    }

    private static string? EmptyRow(FormFields form, string list) => form.Rows(list).FirstOrDefault(row => !form.All.Any(field => field.Key.StartsWith(row + ".", StringComparison.Ordinal) && field.Value.Trim().Length > 0));

    private static (string, string?)[] Symptom(string row, int? score, string? text, string? hold) =>
        [($"{row}.score", score?.ToString(CultureInfo.InvariantCulture)), ($"{row}.text", text), ($"{row}.hold", hold), ($"{row}.taken", "1")];

    private static string? Text(JsonElement part, string name) => part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
