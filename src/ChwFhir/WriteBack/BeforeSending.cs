using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using Microsoft.Extensions.Logging;

namespace ChwFhir.WriteBack;

/// <summary>
/// The last look at what leaves, by the specification and by the profiles that it claims: at what a note became, before anything is planned; and at each body
/// as it goes out, since planning puts it into another form, merges it with the EHR's, takes it back, and gives its references their places. One that does not
/// pass is a bug of ours: it is not sent as itself, its words go into the document, and a person is told.
/// </summary>
internal sealed partial class BeforeSending(Lazy<FhirValidation> promises, ILogger<BeforeSending> logger)
{
    /// <summary>What does not pass, with the first reason each; nearly always nothing.</summary>
    public IReadOnlyList<NotValid> Look(MappedNote mapped)
    {
        var found = promises.Value.Validate(mapped.ToTransaction());

        return found.IsValid ? [] : Told([.. found.Errors.Select(error => (KeyOf(error, mapped), error))]);
    }

    /// <summary>What need not be looked at again as it is: the note's resources, unless the first look could not say of each how it stands.</summary>
    public static ISet<Resource> LookedAt(MappedNote mapped, IReadOnlyList<NotValid> found) =>
        new HashSet<Resource>(found.All(one => one.Key is not null) ? mapped.Resources.Select(one => one.Resource) : [], ReferenceEqualityComparer.Instance);

    /// <summary>The same of one request.</summary>
    /// <param name="bodies">Those of the group's steps, in their order.</param>
    /// <param name="lookedAt">What is valid as it is, and is not looked at again; grows.</param>
    public IReadOnlyList<NotValid> Look(WriteGroup group, IReadOnlyList<Resource> bodies, ISet<Resource> lookedAt)
    {
        HashSet<string?> together = group.Transaction ? [.. group.Steps.Select(step => step.FullUrl)] : [];
        List<(string? Key, ValidationIssue Error)> faults = [];
        foreach (var (step, body) in group.Steps.Zip(bodies))
        {
            if (lookedAt.Contains(body))
                continue;
            if (FaultOf(body, step.InEhr, together) is { } fault)
                faults.Add((step.Key, fault));
            else
                lookedAt.Add(body);
        }

        return faults.Count == 0 ? [] : Told(faults);
    }

    /// <summary>The same of what stands in the EHR and is put right there.</summary>
    public NotValid? Look(string key, Resource right, Resource inEhr) => FaultOf(right, inEhr, []) is { } fault ? Told([(key, fault)])[0] : null;

    private ValidationIssue? FaultOf(Resource body, Resource? inEhr, HashSet<string?> together)
    {
        var found = promises.Value.Validate(body);
        var ours = found.IsValid ? null : inEhr is null ? found.Errors.First() : OwnFaults.Of(found, promises.Value.Validate(inEhr)).FirstOrDefault();

        // By itself a body does not show whether what it calls by urn:uuid goes out with it.
        return ours ?? (PlacedReferences.Unplaced(body).Except(inEhr is null ? [] : PlacedReferences.Unplaced(inEhr)).Any(urn => !together.Contains(urn))
            ? new ValidationIssue(OperationOutcome.IssueSeverity.Error, OperationOutcome.IssueType.NotFound, body.TypeName, "bundle-link", "a reference leads nowhere")
            : null);
    }

    private IReadOnlyList<NotValid> Told(IReadOnlyList<(string? Key, ValidationIssue Error)> faults)
    {
        List<NotValid> told = [.. faults.DistinctBy(one => one.Key).Select(one => new NotValid(one.Key, Issue(one.Key, one.Error)))];
        Log.NotValid(logger, told.Count, string.Join(", ", faults.Select(one => one.Error.Rule).Distinct()));

        return told;
    }

    private static string? KeyOf(ValidationIssue error, MappedNote mapped)
    {
        const string Entry = "Bundle.entry[";
        if (!error.Expression.StartsWith(Entry, StringComparison.Ordinal))
            return null;

        var number = error.Expression.AsSpan(Entry.Length);

        return mapped.Resources[int.Parse(number[..number.IndexOf(']')], System.Globalization.CultureInfo.InvariantCulture)].Key;
    }

    private static NoteIssue Issue(string? key, ValidationIssue error) =>
        new("error", NotValidParts.Code, null, $"{NotValidParts.Of(key)}{Place(error.Expression)}, {error.Rule}: {error.Text}");

    // Within the resource: "lifecycleStatus" of Bundle.entry[3].resource.lifecycleStatus, and of Goal.lifecycleStatus.
    private static string Place(string expression)
    {
        const string InEntry = "].resource.";
        if (expression.IndexOf(InEntry, StringComparison.Ordinal) is var at and > 0)
            return expression[(at + InEntry.Length)..];

        return expression.StartsWith("Bundle.", StringComparison.Ordinal) ? expression : expression[(expression.IndexOf('.', StringComparison.Ordinal) + 1)..];
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} resources of a note do not keep to {Rules}: they are not sent as themselves.")]
        public static partial void NotValid(ILogger logger, int count, string rules);
    }
}
