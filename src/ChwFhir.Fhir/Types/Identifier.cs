namespace ChwFhir.Fhir.Model;

public partial class Identifier
{
    public Identifier()
    {
    }

    public Identifier(string system, string value) => (System, Value) = (system, value);
}
