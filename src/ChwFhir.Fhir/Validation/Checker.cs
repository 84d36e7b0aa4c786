using System.Collections;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>One look at one resource: the walk over what the specification asks of every object. Profiles are the other half of this class.</summary>
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
    private Dictionary<(Resource, Profile), bool>? _conforms;
    private string? _profile;
    private int _quiet;
    private bool _failed;
    private string? _lookedAt;
    private (bool IsAllowed, bool HasContent) _looked;

    public void Check(Resource resource, ReadOnlySpan<string> asked)
    {
        _links.Root = resource as Bundle;
        _places.Into(resource.TypeName);
        Whole(resource);
        foreach (var url in asked)
            Apply(resource, profiles.Find(url) ?? throw new ArgumentException($"the profile {url} is not known", nameof(asked)));
        _places.Out();
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

    // A resource that stands for itself: at the top, in a Bundle, contained.
    private void Whole(Resource resource)
    {
        if (resource is UnmodelledResource)
        {
            if (resource.TypeName.Length == 0)
                Report(OperationOutcome.IssueType.Structure, "json", "a resource with its type belongs here");
            else
                NotChecked($"{resource.TypeName}: only what the specification says of every resource");
        }

        if (!_links.IsContained && resource is DomainResource container)
            _links.Begin(container);
        Walk(resource);
        Claimed(resource);
    }

    private void Walk(Base it)
    {
        var facts = it.Facts;
        var any = false;
        if (it.Kept is { } kept)
        {
            any = true;
            if (kept.Whole is not null)
            {
                if (it is not UnmodelledResource)
                    Report(OperationOutcome.IssueType.Structure, "json", "an object belongs here");
                return;
            }

            Odd(it, facts, kept);
        }

        var elements = facts.Elements;
        for (var i = 0; i < elements.Length; i++)
        {
            var value = it.At(i);
            if (value is not null)
                any |= Member(elements[i], value, it);
            else if (elements[i].Min > 0)
                Missing(elements[i], it);
        }

        if (!any && it is not Resource and not PrimitiveType { ObjectValue: not null })
            Report(OperationOutcome.IssueType.Invariant, "ele-1", "an element has a value or something in it");
        foreach (var rule in facts.Rules)
        {
            if (!rule.Holds(it, this))
                Report(OperationOutcome.IssueType.Invariant, rule.Key, rule.Text, isWarning: rule.IsWarning);
        }
    }

    // False for a list with nothing in it.
    private bool Member(ElementRule element, object value, Base owner)
    {
        _places.Into(element.Name, element.Shape == ElementShape.Choice ? Unsafe.As<DataType>(value).TypeName : null);
        switch (element.Shape)
        {
            case ElementShape.Text:
                Text(element, Unsafe.As<string>(value));
                break;
            case ElementShape.Complex:
                Complex(element, Unsafe.As<Base>(value));
                break;
            case ElementShape.Choice:
                Choice(element, Unsafe.As<DataType>(value));
                break;
            case ElementShape.Resource:
                Standing(Unsafe.As<Resource>(value), owner);
                break;
            case ElementShape.Other:
                Number(element.Format, value);
                break;
            default:
                var list = (IList)value;
                if (list.Count == 0)
                {
                    _places.Out();
                    if (element.Min > 0)
                        Missing(element, owner);
                    return false;
                }

                Items(element, list, owner);
                break;
        }

        _places.Out();

        return true;
    }

    private void Items(ElementRule element, IList list, Base owner)
    {
        if (list.Count > element.Max)
            Report(OperationOutcome.IssueType.Structure, "cardinality", $"at most {element.Max} belong here");
        for (var i = 0; i < list.Count; i++)
        {
            _places.At(i);
            switch (list[i])
            {
                case Resource resource:
                    Standing(resource, owner);
                    break;
                case Base item:
                    Complex(element, item);
                    break;
                case string text:
                    Text(element, text);
                    break;
                case null when owner.Kept?.Has(element.Name) != true:
                    Report(OperationOutcome.IssueType.Structure, "json", "null has no place here");
                    break;
            }
        }
    }

    private void Standing(Resource resource, Base owner)
    {
        var within = _links.Enter(resource, owner is DomainResource);
        Whole(resource);
        _links.Leave(within);
    }

    private void Complex(ElementRule element, Base value)
    {
        Walk(value);
        if (element.IsReference)
            Target(element.Targets, (ResourceReference)value);
        else if (element.Codes is { } codes)
            Bound(codes, value);
        else if (element.Type == "SimpleQuantity" && ((Quantity)value).Comparator is not null)
            Report(OperationOutcome.IssueType.Invariant, "sqq-1", "a simple quantity has no comparator");
        else if (value is Extension extension)
            Known(extension);
    }

    private void Choice(ElementRule element, DataType value)
    {
        if ((value.Kind & element.Kinds) == 0)
        {
            Report(OperationOutcome.IssueType.Structure, "type", "a value of this type has no place here");
            return;
        }

        if (value is PrimitiveType primitive)
            Primitive(primitive);
        Walk(value);
        if (value is ResourceReference reference)
            Target(element.Targets, reference);
        else if (value is not PrimitiveType && element.Codes is { } codes)
            Bound(codes, value);
    }

    private void Primitive(PrimitiveType primitive)
    {
        var format = Formats.Of(primitive.TypeName);
        if (primitive is TextPrimitive { Value: { } text })
            Text(format, text);
        else if (primitive is Instant { ObjectValue: not null } or FhirBoolean)
            return;
        else if (primitive.ObjectValue is { } value)
            Number(format, value);
    }

    private void Text(ElementRule element, string text)
    {
        Text(element.Format, text);
        if (element.Codes is { } codes)
            Bound(codes, text);
    }

    private void Text(Format format, string text)
    {
        if (Formats.Fault(format, text) is { } fault)
            Report(OperationOutcome.IssueType.Value, "format", fault);
        else if (format == Format.Uri && text[0] == '#')
            _links.Saw(text);
    }

    private void Number(Format format, object value)
    {
        if (value is byte[] { Length: 0 })
            Report(OperationOutcome.IssueType.Value, "format", "the value is empty");
        if (value is int number && ((format == Format.PositiveInt && number < 1) || (format == Format.UnsignedInt && number < 0)))
            Report(OperationOutcome.IssueType.Value, "format", format == Format.PositiveInt ? "a number from 1 up belongs here" : "a number from 0 up belongs here");
    }

    private void Bound(CodeSet codes, object value)
    {
        switch (codes.Of(value))
        {
            case Membership.Out:
                Report(OperationOutcome.IssueType.CodeInvalid, "binding", $"a code of {codes.Url} is required");
                break;
            case Membership.Unknown:
                NotChecked(codes.Doubt);
                break;
        }
    }

    private void Missing(ElementRule element, Base it)
    {
        if (it.Kept?.Has(element.Name) != true)
            Report(OperationOutcome.IssueType.Required, "cardinality", $"{element.Name} is missing", element.Name);
    }

    // What reading kept because the model has no place for it: members that R4 does not have, values of the wrong JSON type, codes that the enum lacks.
    private void Odd(Base it, TypeFacts facts, Kept kept)
    {
        if (!it.KeepsAll)
        {
            foreach (var name in kept.UnknownNames)
                Report(OperationOutcome.IssueType.Structure, "unknown-element", "the type has no such element", name);
        }

        foreach (var (name, index, json, value) in kept.Originals)
        {
            if (Array.Find(facts.Elements, element => element.Name == name) is not { } element)
            {
                if (it is PrimitiveType primitive && (value is null || (json is [(byte)'"', ..] && primitive is IntegerPrimitive or FhirDecimal or FhirBoolean)))
                    Report(OperationOutcome.IssueType.Structure, "json", "the value has the wrong JSON type");
                continue;
            }

            var at = index < 0 ? name : $"{name}[{index}]";
            if (json is [(byte)'[', .., (byte)']'] && value is null && json.AsSpan(1, json.Length - 2).Trim(" \t\r\n"u8).IsEmpty)
                Report(OperationOutcome.IssueType.Structure, "json", "the list is empty", at);
            else if (value is null && json is [(byte)'"', ..] && element.Shape is ElementShape.Text or ElementShape.Texts)
                Report(OperationOutcome.IssueType.CodeInvalid, "binding", element.ValueSet is null ? "the text is broken" : $"a code of {element.ValueSet} is required", at);
            else if (value is null || (json is [(byte)'"', ..] && element.Shape == ElementShape.Other && element.Format != Format.Bytes))
                Report(OperationOutcome.IssueType.Structure, "json", "the value has the wrong JSON type", at);
        }

        foreach (var extras in kept.AllExtras)
        {
            _places.Into(extras.Name);
            for (var i = 0; i < extras.Items.Count; i++)
            {
                if (extras.IsList)
                    _places.At(i);
                if (extras.Items[i] is { IsEmpty: false } item)
                    Walk(item);
            }

            _places.Out();
        }
    }

    private void NotChecked(string what)
    {
        if (_quiet == 0 && (_notChecked is null || (_notChecked.Count < MostNotChecked && !_notChecked.Contains(what))))
            (_notChecked ??= []).Add(what);
    }

    private void Report(OperationOutcome.IssueType code, string rule, string text, string? member = null, bool isWarning = false)
    {
        if (_quiet > 0)
        {
            _failed |= !isWarning;
            return;
        }

        var expression = _places.Expression(member);
        // Apart, so that many remarks neither hide a fault nor count as one.
        ref var told = ref isWarning ? ref _warnings : ref _errors;
        if (told > MostIssues || !(_told ??= []).Add((expression, rule, text)))
            return;

        var severity = isWarning ? OperationOutcome.IssueSeverity.Warning : OperationOutcome.IssueSeverity.Error;
        (_issues ??= []).Add(told++ == MostIssues
            ? new ValidationIssue(severity, OperationOutcome.IssueType.TooLong, _places.Expression(null), "more", $"there are more than {MostIssues} {(isWarning ? "remarks" : "faults")}; the rest is not listed")
            : new ValidationIssue(severity, code, expression, rule, text, _profile) { Pointer = _places.Pointer(member) });
    }
}
