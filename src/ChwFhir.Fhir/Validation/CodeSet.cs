using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>Whether a code is in a value set; <see cref="Unknown"/> where the set cannot be counted out here.</summary>
internal enum Membership
{
    Out,
    Unknown,
    In,
}

/// <summary>A value set as far as it can be counted out: codes by system, systems that are taken whole or in part without their codes being known here.</summary>
internal sealed class CodeSet(string url)
{
    private const string DataAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private static readonly Member Codings = new(CodeableConcept.TheFacts, "coding");
    private static readonly Member Extensions = new(CodeableConcept.TheFacts, "extension");

    private readonly HashSet<string> _codes = new(StringComparer.Ordinal);
    private readonly HashSet<(string System, string Code)> _systemCodes = [];
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);
    private readonly HashSet<string> _partly = new(StringComparer.Ordinal);

    public string Url { get; } = url;

    /// <summary>What is told when its codes could not be looked up.</summary>
    public string Doubt { get; } = $"codes of {url}";

    /// <summary>Nothing is known of it, or of a part of it: what is not found may still be there.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether all its codes are known here.</summary>
    public bool IsCountedOut => Grammar is null && !IsOpen && _whole.Count == 0 && _partly.Count == 0 && _codes.Count > 0;

    /// <summary>For sets that are a grammar and no list: mime types, languages, currencies.</summary>
    public Func<string, bool>? Grammar { get; init; }

    public void Add(string system, string code)
    {
        _codes.Add(code);
        _systemCodes.Add((system, code));
    }

    public void AddWhole(string system) => _whole.Add(system);

    public void AddPartly(string system) => _partly.Add(system);

    public void Remove(string system, string code)
    {
        _systemCodes.Remove((system, code));
        if (!_systemCodes.Any(one => one.Code == code))
            _codes.Remove(code);
    }

    public void AddAll(CodeSet other)
    {
        foreach (var (system, code) in other._systemCodes)
            Add(system, code);
        _whole.UnionWith(other._whole);
        _partly.UnionWith(other._partly);
        IsOpen |= other.IsOpen || other.Grammar is not null;
    }

    /// <summary>For plain codes, whose system the element implies.</summary>
    public Membership Of(string code)
    {
        if (Grammar is not null)
            return Grammar(code) ? Membership.In : Membership.Out;
        if (_codes.Contains(code))
            return Membership.In;

        return IsOpen || _whole.Count > 0 || _partly.Count > 0 ? Membership.Unknown : Membership.Out;
    }

    public Membership Of(string? system, string? code)
    {
        if (code is null)
            return Membership.Out;
        if (Grammar is not null)
            return Grammar(code) ? Membership.In : Membership.Out;
        if (system is not null && _systemCodes.Contains((system, code)))
            return Membership.In;
        if (system is not null && (_whole.Contains(system) || _partly.Contains(system)))
            return Membership.Unknown;

        return IsOpen ? Membership.Unknown : Membership.Out;
    }

    /// <summary>For what a binding may stand on: a code, Coding, CodeableConcept or Quantity. A concept in words only is Out when a coding is required.</summary>
    public Membership Of(object value) => value switch
    {
        string code => Of(code),
        Coding coding => Of(coding.System, coding.Code),
        Quantity quantity => Of(quantity.System, quantity.Code),
        CodeableConcept concept => OfAny(concept),
        Model.Code code => code.Value is null ? Membership.In : Of(code.Value),
        FhirString text => text.Value is null ? Membership.In : Of(text.Value),
        _ => Membership.In,
    };

    private Membership OfAny(CodeableConcept concept)
    {
        // A value that says itself why it is not there is not held to a list.
        if (Codings.CountIn(concept) == 0 && Extensions.In<Extension>(concept).Exists(extension => extension.Url == DataAbsentReason))
            return Membership.In;

        var best = Membership.Out;
        foreach (var coding in Codings.In<Coding>(concept))
        {
            if (Of(coding.System, coding.Code) is var found && found > best)
                best = found;
        }

        return best;
    }
}
