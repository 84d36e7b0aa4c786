namespace ChwFhir.Fhir.Model;

public partial class Coding
{
    public Coding()
    {
    }

    public Coding(string? system, string? code, string? display = null) => (System, Code, Display) = (system, code, display);
}
