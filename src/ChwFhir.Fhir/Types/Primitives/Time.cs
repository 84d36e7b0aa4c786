namespace ChwFhir.Fhir.Model;

public sealed class Time(string? value) : TextPrimitive(value)
{
    public Time() : this(null)
    {
    }

    public override string TypeName => "time";

    internal override DataKind Kind => DataKind.Time;

    private protected override Base New() => new Time();
}
