using System.Globalization;
using ChwFhir.Intake;

namespace ChwFhir.Api.Fhir;

/// <summary>A search as it was understood.</summary>
/// <param name="Patient">Id of the patient whose record is searched; null where something else has to say whose it is.</param>
/// <param name="Understood">The parameters that count, as they came: what <c>self</c> repeats.</param>
/// <param name="Ignored">Faults of those that do not count; with <c>Prefer: handling=strict</c> nothing is searched for them.</param>
internal sealed record FhirQuery(
    FhirType Type, string? Patient, IReadOnlyList<Criterion> Criteria, IReadOnlyList<Inclusion> Inclusions, int Count, IReadOnlyList<KeyValuePair<string, string>> Understood, IReadOnlyList<NoteFault> Ignored)
{
    /// <summary>Empty: the latest visit first.</summary>
    public IReadOnlyList<SortOrder> Sort { get; init; } = [];

    /// <summary>Null: the matches as they are.</summary>
    public Excerpt? Excerpt { get; init; }

    /// <summary>The caller does not want to know how many there are.</summary>
    public bool IsWithoutTotal { get; init; }

    public const string Page = "_page";
    private const int Usual = 50, Most = 200, MostParameters = 50, MostInclusions = 12;

    /// <summary>What says how the answer looks: no matter of the search.</summary>
    public static readonly IReadOnlyList<string> Looks = [FhirAnswers.Format, FhirAnswers.Pretty];

    /// <summary>The ids that are asked for, where they are.</summary>
    public IEnumerable<string> Ids => ValuesOf("_id").Select(value => value.Whole);

    /// <summary>The values of the identifiers that are asked for.</summary>
    public IEnumerable<string> Identifiers => ValuesOf("identifier").Select(value => value.Code);

    /// <param name="here">Address of this door: what is here may be named by the whole address.</param>
    /// <param name="ehr">Base URL of the EHR: a patient may be named by the whole address.</param>
    /// <param name="faults">What makes it a search that cannot be answered, whatever the caller prefers.</param>
    public static FhirQuery? Read(FhirType type, IReadOnlyList<KeyValuePair<string, string>> parameters, string here, string ehr, List<NoteFault> faults)
    {
        var (criteria, inclusions, understood, ignored) = (new List<Criterion>(), new List<Inclusion>(), new List<KeyValuePair<string, string>>(), new List<NoteFault>());
        var (count, patients) = (Usual, new HashSet<string>(StringComparer.Ordinal));
        var (isCount, isText, isWithoutTotal) = (false, false, false);
        IReadOnlyList<SortOrder> sort = [];
        Excerpt? excerpt = null;
        if (parameters.Count > MostParameters)
            faults.Add(new NoteFault("", "too-costly", $"At most {MostParameters} parameters are looked at."));
        foreach (var (name, value) in parameters.Take(MostParameters))
        {
            var (plain, modifier) = name.Split(':', 2) is [var before, var after] ? (before, after) : (name, null);
            var place = $"http.{Repeatable(plain)}";
            if (Looks.Contains(name))
                continue;
            if (type.Patient.Contains(plain))
            {
                // R4, 3.1.1.4.4: a modifier that is not known refuses the search, whatever the caller prefers.
                if (modifier is not (null or "Patient"))
                    faults.Add(new NoteFault(place, "invalid", "Of the modifiers :Patient is known here."));
                else if (PatientId(value, ehr) is { } id)
                    patients.Add(id);
                else
                    faults.Add(new NoteFault(place, "invalid", "One patient of this EHR: Patient/… or the id alone."));
            }
            else if (name == "_count")
            {
                if (value.Length == 0 || !value.All(char.IsAsciiDigit))
                {
                    faults.Add(new NoteFault(place, "invalid", "A whole number."));
                    continue;
                }
                // As it counts: self says what was really used.
                count = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Min(asked, Most) : Most;
                understood.RemoveAll(one => one.Key == name);
                understood.Add(new(name, count.ToString(CultureInfo.InvariantCulture)));
                continue;
            }
            else if (name is "_summary" or "_elements")
            {
                if (!Excerpt.TryRead(type, name, value, out var part))
                    faults.Add(new NoteFault(place, "invalid", name == "_summary" ? "One of true, text, data, count, false." : "Names of elements, with commas between."));
                // Both together: the elements, which are named.
                excerpt = name == "_elements" ? part : excerpt ?? part;
                isCount |= name == "_summary" && value == "count";
                isText |= name == "_summary" && value == "text";
            }
            else if (name == "_total" && value is "none" or "estimate" or "accurate")
                isWithoutTotal = value == "none";
            else if (name == "_sort" && SortOrder.Read(type, value) is { } orders)
                sort = orders;
            else if (plain is "_include" or "_revinclude" && modifier is null or "iterate" or "recurse" && Inclusion.Read(value, plain == "_revinclude", modifier is not null) is { } inclusion)
                inclusions.Add(inclusion);
            else if (type.Find(plain) is { } known)
            {
                var criterion = new Criterion(known, modifier, [.. SearchValue.Read(value).Select(one => known.Kind == ParameterKind.Reference ? Relative(one, here) : one)]);
                if (criterion.Fault() is { } fault)
                    faults.Add(new NoteFault(place, "invalid", fault));
                criteria.Add(criterion);
            }
            else
            {
                ignored.Add(new NoteFault(place, "not-supported", "This is no parameter of this search, or its value names nothing that is here; the capability statement lists them."));
                continue;
            }
            understood.Add(new(name, value));
        }
        if (patients.Count > 1)
            faults.Add(new NoteFault("http.patient", "invalid", "One patient at a time."));
        if (inclusions.Distinct().Count() > MostInclusions)
            faults.Add(new NoteFault("http._include", "too-costly", $"At most {MostInclusions} inclusions; * is all of a type."));
        if (isText && inclusions.Count > 0)
            faults.Add(new NoteFault("http._summary", "invalid", "_summary=text goes with nothing that is included."));
        if (faults.Count > 0)
            return null;
        return new FhirQuery(type, patients.SingleOrDefault(), criteria, [.. inclusions.Distinct()], isCount ? 0 : count, understood, ignored) { Sort = sort, Excerpt = excerpt, IsWithoutTotal = isWithoutTotal && !isCount && count > 0 };
    }

    private IEnumerable<SearchValue> ValuesOf(string name) => Criteria.Where(one => one.Parameter.Name == name && one.Modifier is null).SelectMany(one => one.Values);

    private static SearchValue Relative(SearchValue value, string here) => value.Whole.StartsWith($"{here}/", StringComparison.Ordinal) ? value with { Whole = value.Whole[(here.Length + 1)..] } : value;

    private static string? PatientId(string value, string ehr)
    {
        if (value.StartsWith(ehr + "/", StringComparison.Ordinal))
            value = value[(ehr.Length + 1)..];
        if (value.StartsWith("Patient/", StringComparison.Ordinal))
            value = value["Patient/".Length..];
        return value.Length is > 0 and <= 64 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.') ? value : null;
    }

    // A name is repeated only when it looks like one: nobody's words come back.
    private static string Repeatable(string name) => name.Length is > 0 and <= 40 && name.All(letter => char.IsAsciiLetter(letter) || letter is '-' or '_' or '.') ? name : "parameter";
}
