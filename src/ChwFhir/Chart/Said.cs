using System.Globalization;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>What elements of the chart say in words, as they say it.</summary>
internal static class Said
{
    public const string Loinc = "http://loinc.org", Snomed = "http://snomed.info/sct";

    /// <summary>The text, else what the coding that its user chose is called, else any.</summary>
    public static string? Text(CodeableConcept? concept) => concept is null ? null : Clean(concept.Text)
        ?? Clean(concept.Coding.OrderByDescending(coding => coding.UserSelected is true).Select(coding => coding.Display).FirstOrDefault(display => !string.IsNullOrWhiteSpace(display)))
        ?? Clean(concept.Coding.FirstOrDefault()?.Code);

    public static string? Code(CodeableConcept? concept) => concept?.Coding.Select(coding => coding.Code).FirstOrDefault(code => code is not null);

    public static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public static string? Name(HumanName? name)
    {
        if (name is null)
            return null;
        var parts = string.Join(' ', name.Given.Append(name.Family).Concat(name.Suffix).Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => part!.Trim()));
        return Clean(name.Text) ?? Clean(parts);
    }

    /// <summary>The official name first, then the usual one; an old one last.</summary>
    public static string? Name(IEnumerable<HumanName> names) =>
        names.OrderBy(name => name.Use switch { HumanName.NameUse.Official => 0, HumanName.NameUse.Usual => 1, null => 2, HumanName.NameUse.Old => 9, _ => 3 }).Select(Name).FirstOrDefault(name => name is not null);

    public static IReadOnlyList<Phone> Phones(IEnumerable<ContactPoint> points) =>
    [
        .. points.Where(point => point is { System: ContactPoint.ContactPointSystem.Phone or ContactPoint.ContactPointSystem.Sms or null, Use: not ContactPoint.ContactPointUse.Old } && Clean(point.Value) is { } value && value.Any(char.IsAsciiDigit))
            .OrderBy(point => point.Rank ?? int.MaxValue).Select(point => new Phone(point.Value!.Trim(), point.Use?.GetLiteral())).DistinctBy(phone => phone.Number),
    ];

    public static Place? Address(Address address)
    {
        string?[] lines = [.. address.Line, address.City, string.Join(' ', new[] { address.State, address.PostalCode }.Where(part => !string.IsNullOrWhiteSpace(part)))];
        var text = Clean(string.Join(", ", lines.Select(Clean).Where(line => line is not null))) ?? Clean(address.Text);
        return text is null ? null : new Place(text, address.Use?.GetLiteral());
    }

    /// <summary>The date or its beginning, as it stands; an age in words.</summary>
    public static string? Date(DataType? value) => value switch
    {
        FhirDateTime { Value: var moment } => Clean(moment),
        Date { Value: var day } => Clean(day),
        Instant { Value: { } moment } => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        Period period => Clean(period.Start) ?? Clean(period.End),
        Age { Value: { } years } age => $"{years.ToString(CultureInfo.InvariantCulture)} {age.Unit ?? age.Code}",
        FhirString { Value: var words } => Clean(words),
        _ => null,
    };

    public static string? End(DataType? value) => value is Period period ? Clean(period.End) : null;

    public static string? Stamp(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The first moment that a date can mean; null for what is none.</summary>
    public static DateTimeOffset? Moment(string? date) => PartialDate.TryParse(date, out var parsed) ? parsed.Earliest : null;

    /// <summary>Where something stands in time: a day alone at its noon, so that no time zone moves it to another day.</summary>
    public static DateTimeOffset? Order(string? date) => PartialDate.TryParse(date, out var parsed) ? date!.Length > 10 ? parsed.Earliest : parsed.Earliest.AddHours(26) : null;

    /// <summary>After that moment for certain, or on its day where only the day is known.</summary>
    public static bool IsAfter(string? date, DateTimeOffset since) => PartialDate.TryParse(date, out var parsed)
        && (date!.Length > 10 ? parsed.Earliest > since : string.CompareOrdinal(date, since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)[..date.Length]) >= (date.Length == 10 ? 0 : 1));

    public static bool IsOver(Period? period, DateTimeOffset now) => PartialDate.TryParse(period?.End, out var end) && end.Latest <= now;

    /// <summary>Newest first; what has no date last.</summary>
    public static IEnumerable<T> NewestFirst<T>(this IEnumerable<T> items, Func<T, string?> date) => items.OrderByDescending(item => Order(date(item)) ?? DateTimeOffset.MinValue);

    public static FactSource Chart(Resource resource, string? date) => new(FactSource.Chart, resource.Id is null ? null : $"{resource.TypeName}/{resource.Id}", date);
}
