using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>One look at one resource. Files of this class: the walk, the values, what reading kept, references; then what profiles ask, their slices and their targets.</summary>
internal sealed partial class Checker(Profiles profiles)
{
    // Nobody reads more, and a hostile text has a hundred thousand.
    private const int MostIssues = 1000;
    private const int MostNotChecked = 100;

    private readonly Places _places = new();
    private readonly Links _links = new();
    private List<ValidationIssue>? _issues;
    private int _errors;
    private int _warnings;
    private List<string>? _notChecked;
    private HashSet<(string, string, string)>? _told;
    private string? _profile;
    private int _quiet;
    private bool _failed;
    private string? _lookedAt;
    private (bool IsAllowed, bool HasContent) _looked;

    public void Check(Resource resource, ReadOnlySpan<string> asked)
    {
        var outside = _links.Enter(resource, null);
        _places.Into(resource.TypeName);
        Whole(resource);
        var applied = asked.Length > 1 ? new HashSet<Profile>() : null;
        foreach (var url in asked)
        {
            var profile = profiles.Find(url) ?? throw new ArgumentException($"the profile {url} is not known", nameof(asked));
            if (applied?.Add(profile) != false)
                Apply(resource, profile);
        }

        _places.Out();
        _links.Leave(outside);
    }

    public ValidationResult Result() =>
        _issues is null && _notChecked is null ? ValidationResult.Faultless : new ValidationResult(_issues ?? [], _notChecked ?? []);

    /// <summary>The links of what is being looked at, for rules that follow a reference.</summary>
    public Links Links => _links;

    /// <summary>What a narrative is, looked at once for all the rules that ask.</summary>
    public (bool IsAllowed, bool HasContent) Look(string div)
    {
        if (!ReferenceEquals(div, _lookedAt))
            (_lookedAt, _looked) = (div, Narratives.Look(div));

        return _looked;
    }

    private void NotChecked(string what, bool always = false)
    {
        if ((_quiet == 0 || always) && (_notChecked is null || (_notChecked.Count < MostNotChecked && !_notChecked.Contains(what))))
            (_notChecked ??= []).Add(what);
    }

    private void Report(OperationOutcome.IssueType code, string rule, string text, string? member = null, int index = -1, bool isWarning = false)
    {
        if (_quiet > 0)
        {
            _failed |= !isWarning;
            return;
        }

        var expression = _places.Expression(member, index);
        // Apart, so that many remarks neither hide a fault nor count as one.
        ref var told = ref isWarning ? ref _warnings : ref _errors;
        if (told > MostIssues || !(_told ??= []).Add((expression, rule, text)))
            return;

        var severity = isWarning ? OperationOutcome.IssueSeverity.Warning : OperationOutcome.IssueSeverity.Error;
        (_issues ??= []).Add(told++ == MostIssues
            ? new ValidationIssue(severity, OperationOutcome.IssueType.TooLong, _places.Expression(null), "more", $"there are more than {MostIssues} {(isWarning ? "remarks" : "faults")}; the rest is not listed")
            : new ValidationIssue(severity, code, expression, rule, text, _profile) { Pointer = _places.Pointer(member, index) });
    }
}
