using ChwFhir.Fhir;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using Microsoft.Extensions.Logging;

namespace ChwFhir.WriteBack;

/// <summary>
/// The last look at what a note became, by the specification and by the profiles that its resources claim. One that does not pass is a bug of ours: it is not
/// sent as itself, its words go into the document, and a person is told.
/// </summary>
internal sealed partial class BeforeSending(Lazy<FhirValidation> promises, ILogger<BeforeSending> logger)
{
    /// <summary>What does not pass, with the first reason each; nearly always nothing.</summary>
    public IReadOnlyList<NotValid> Look(MappedNote mapped)
    {
        var found = promises.Value.Validate(mapped.ToTransaction());
        if (found.IsValid)
            return [];

        List<NotValid> faults = [.. found.Errors.Select(error => (Key: KeyOf(error, mapped), Error: error)).DistinctBy(one => one.Key).Select(one => new NotValid(one.Key, Issue(one.Key, one.Error)))];
        Log.NotValid(logger, faults.Count, string.Join(", ", found.Errors.Select(error => error.Rule).Distinct()));

        return faults;
    }

    private static string? KeyOf(ValidationIssue error, MappedNote mapped)
    {
        const string Entry = "Bundle.entry[";
        if (!error.Expression.StartsWith(Entry, StringComparison.Ordinal))
            return null;

        var number = error.Expression.AsSpan(Entry.Length);

        return mapped.Resources[int.Parse(number[..number.IndexOf(']')], System.Globalization.CultureInfo.InvariantCulture)].Key;
    }

    private static NoteIssue Issue(string? key, ValidationIssue error)
    {
        var place = error.Expression.IndexOf("].resource.", StringComparison.Ordinal) is var at and > 0 ? error.Expression[(at + "].resource.".Length)..] : error.Expression;

        return new NoteIssue("error", NotValidParts.Code, null, $"{NotValidParts.Of(key)}{place}, {error.Rule}: {error.Text}");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} resources of a note do not keep to {Rules}: they are not sent as themselves.")]
        public static partial void NotValid(ILogger logger, int count, string rules);
    }
}
