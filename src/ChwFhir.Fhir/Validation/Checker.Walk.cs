using System.Collections;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// The walk over what the specification asks of every object.
internal sealed partial class Checker
{
    // A resource that stands for itself: at the top, in a Bundle, contained.
    private void Whole(Resource resource)
    {
        if (resource is UnmodelledResource)
        {
            if (resource.TypeName.Length == 0)
                Report(OperationOutcome.IssueType.Structure, "json", "a resource with its type belongs here");
            else if (!TypeNames.Contains(resource.TypeName))
                Report(OperationOutcome.IssueType.Structure, "resource-type", "FHIR R4 has no such type of resource");
            else
                NotChecked($"{resource.TypeName}: only what the specification says of every resource");
        }

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
            if (kept.Whole is { } whole)
            {
                NoObject(it, whole);
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
                case null when owner.Kept?.Has(element.Name, i) != true:
                    Report(OperationOutcome.IssueType.Structure, "json", "null has no place here");
                    break;
            }
        }
    }

    private void Standing(Resource resource, Base owner)
    {
        var within = _links.Enter(resource, owner);
        if (owner is DomainResource && resource.Id is { } id && _links.Contained(id) is { } first && first != resource)
            Report(OperationOutcome.IssueType.Duplicate, "contained-id", "another contained resource has this id: nobody can tell which of them is pointed at");
        Whole(resource);
        _links.Leave(within);
    }

    private void Missing(ElementRule element, Base it)
    {
        if (it.Kept?.Has(element.Name) != true)
            Report(OperationOutcome.IssueType.Required, "cardinality", $"{element.Name} is missing", element.Name);
    }
}
