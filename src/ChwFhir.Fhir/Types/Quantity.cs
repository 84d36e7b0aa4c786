namespace ChwFhir.Fhir.Model;

public partial class Quantity
{
    private const string Ucum = "http://unitsofmeasure.org";

    public Quantity()
    {
    }

    /// <summary>A quantity in a UCUM unit, which is both the code and the readable unit.</summary>
    public Quantity(decimal value, string unit, string? system = Ucum) => (Value, Unit, Code, System) = (value, unit, unit, system);
}
