using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// One value: its type, its format, its code.
internal sealed partial class Checker
{
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
            Known(extension, element.Name == "modifierExtension");
    }

    private void Choice(ElementRule element, DataType value)
    {
        if ((value.Kind & element.Kinds) == 0)
        {
            Report(OperationOutcome.IssueType.Structure, "type", "a value of this type has no place here");
            return;
        }

        if (value is PrimitiveType primitive)
        {
            Primitive(primitive);
            _places.Beside();
        }

        Walk(value);
        if (value is ResourceReference reference)
            Target(element.Targets, reference);
        else if (value is not PrimitiveType && element.Codes is { } codes)
            Bound(codes, value);
    }

    private void Primitive(PrimitiveType primitive)
    {
        if (primitive.Kept is { } kept)
            Misread(primitive, kept);

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

    // Words alone are allowed; of a code only a person can say whether none of the set would have fitted.
    private void Suggested(CodeSet codes, object value)
    {
        if (value is not CodeableConcept { Coding.Count: 0 } && codes.Of(value) == Membership.Out)
            Report(OperationOutcome.IssueType.CodeInvalid, "binding", $"a code of {codes.Url} belongs here where one of them fits", isWarning: true);
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
}
