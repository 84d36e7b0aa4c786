using System.Globalization;
using System.Text.Json;
using ChwFhir.Intake;

namespace ChwFhir.Api.Patients;

/// <summary>Whom a caller looks for.</summary>
/// <param name="Name">The beginning of any part of a name; several words must all match.</param>
/// <param name="BirthDate">FHIR date; a year, or a year and month, finds all in it.</param>
/// <param name="Identifier"><c>system|value</c>, or the value alone.</param>
/// <param name="Limit">Patients a page, 1 to 50.</param>
/// <param name="Cursor">The <c>next</c> of the page before.</param>
internal sealed record PatientQuestion(string? Name = null, string? BirthDate = null, string? Identifier = null, int Limit = PatientQuestion.UsualLimit, string? Cursor = null)
{
    public const int UsualLimit = 20;
    public const int LargestLimit = 50;
    private const int FurthestPlace = 1_000;
    private const int LongestText = 200;
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    /// <summary>Where the page begins.</summary>
    public int Place => Cursor is null ? 0 : int.Parse(Cursor, CultureInfo.InvariantCulture);

    /// <summary>All that is wrong with it is added to <paramref name="faults"/>.</summary>
    public static PatientQuestion Read(JsonElement body, ICollection<NoteFault> faults)
    {
        var question = new PatientQuestion();
        if (body.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new NoteFault("", "wrong-type", "must be an object"));
            return question;
        }

        foreach (var member in body.EnumerateObject())
            question = question.With(member, faults);
        if (faults.Count == 0 && question is { Name: null, BirthDate: null, Identifier: null })
            faults.Add(new NoteFault("", "nothing-to-search-by", "needs at least one of name, birthDate and identifier"));
        return question;
    }

    private PatientQuestion With(JsonProperty member, ICollection<NoteFault> faults)
    {
        var pointer = "/" + member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        switch (member.Name)
        {
            case "name" when Text(member.Value) is { } name:
                return this with { Name = name };
            case "birthDate" when Text(member.Value) is { } date && DateOnly.TryParseExact(date, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _):
                return this with { BirthDate = date };
            case "identifier" when Text(member.Value) is { } identifier:
                return this with { Identifier = identifier };
            case "identifier" when member.Value.ValueKind == JsonValueKind.Object && Identified(member.Value) is { } identifier:
                return this with { Identifier = identifier };
            case "limit" when member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var limit) && limit is >= 1 and <= LargestLimit:
                return this with { Limit = limit };
            case "cursor" when member.Value.ValueKind == JsonValueKind.Null:
                return this;
            case "cursor" when Text(member.Value) is { } cursor && int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place is > 0 and <= FurthestPlace:
                return this with { Cursor = cursor };
        }

        faults.Add(member.Name switch
        {
            "name" or "identifier" => new NoteFault(pointer, "wrong-text", $"must be a text of 1 to {LongestText} characters"),
            "birthDate" => new NoteFault(pointer, "wrong-date", "must be a date, as 1963-04-02"),
            "limit" => new NoteFault(pointer, "wrong-number", $"must be a whole number from 1 to {LargestLimit}"),
            "cursor" => new NoteFault(pointer, "wrong-cursor", "must be the next of the page before"),
            _ => new NoteFault(pointer, "unknown-member", "is no member of this search: there are name, birthDate, identifier, limit and cursor"),
        });
        return this;
    }

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 and <= LongestText } text ? text : null;

    // As a note gives it: { "system", "value" }.
    private static string? Identified(JsonElement value) =>
        value.TryGetProperty("value", out var of) && Text(of) is { } text
            ? value.TryGetProperty("system", out var system) && Text(system) is { } prefix ? $"{prefix}|{text}" : text
            : null;
}
