namespace ChwFhir.Fhir.Model;

/// <summary>Id and extensions of one primitive value.</summary>
internal sealed class PrimitiveExtras : Element
{
    private bool _readEmpty;

    public override string TypeName => "Element";

    // What was read as {} is written as {}; what was only looked at is not written.
    public bool IsEmpty => !_readEmpty && ElementId is null && !HasExtensions && Kept is null;

    public static PrimitiveExtras From(ref FhirReader json)
    {
        var extras = json.Item(new PrimitiveExtras());
        extras._readEmpty = extras.IsEmpty;

        return extras;
    }

    private protected override Base New() => new PrimitiveExtras { _readEmpty = _readEmpty };
}
