using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// What reading kept because the model has no place for it: members that R4 does not have, values of the wrong JSON type, codes that the enum lacks.
internal sealed partial class Checker
{
    private void Odd(Base it, TypeFacts facts, Kept kept)
    {
        if (!it.KeepsAll)
        {
            foreach (var name in kept.UnknownNames)
                Report(OperationOutcome.IssueType.Structure, "unknown-element", "the type has no such element", name);
        }

        foreach (var (name, index, json, value) in kept.Originals)
        {
            // The value of a primitive in a choice is looked at where it stands.
            if (Array.Find(facts.Elements, element => element.Name == name) is not { } element)
                continue;

            if (json is [(byte)'[', .., (byte)']'] && value is null && json.AsSpan(1, json.Length - 2).Trim(" \t\r\n"u8).IsEmpty)
                Report(OperationOutcome.IssueType.Structure, "json", "the list is empty", name, index);
            else if (value is null && json is [(byte)'"', ..] && element.Shape is ElementShape.Text or ElementShape.Texts)
                Report(OperationOutcome.IssueType.CodeInvalid, "binding", element.ValueSet is null ? "the text is broken" : $"a code of {element.ValueSet} is required", name, index);
            else if (value is null || (json is [(byte)'"', ..] && element.Shape == ElementShape.Other && element.Format != Format.Bytes))
                Report(OperationOutcome.IssueType.Structure, "json", "the value has the wrong JSON type", name, index);
        }

        foreach (var extras in kept.AllExtras)
        {
            if (!MayHaveExtras(facts, extras.Name))
            {
                Report(OperationOutcome.IssueType.Structure, "unknown-element", "only a primitive has ids and extensions beside it", "_" + extras.Name);
                continue;
            }

            if (extras.IsList && extras.Items.Count == 0)
                Report(OperationOutcome.IssueType.Structure, "json", "the list is empty", "_" + extras.Name);
            _places.Into(extras.Name, isBeside: true);
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

    // resourceType and what a resource is called by have no place for extensions in JSON, and objects have their own.
    private static bool MayHaveExtras(TypeFacts facts, string name) =>
        Array.Find(facts.Elements, element => element.Name == name) is { Shape: ElementShape.Text or ElementShape.Texts or ElementShape.Other };

    private void NoObject(Base it, byte[] json)
    {
        if (json.AsSpan().SequenceEqual("{}"u8))
            Report(OperationOutcome.IssueType.Invariant, "ele-1", "an element has a value or something in it");
        else if (it is not UnmodelledResource)
            Report(OperationOutcome.IssueType.Structure, "json", "an object belongs here");
    }

    private void Misread(PrimitiveType primitive, Kept kept)
    {
        foreach (var (name, _, json, value) in kept.Originals)
        {
            if (name == "value" && (value is null || (json is [(byte)'"', ..] && primitive is IntegerPrimitive or FhirDecimal or FhirBoolean)))
                Report(OperationOutcome.IssueType.Structure, "json", "the value has the wrong JSON type");
        }
    }
}
