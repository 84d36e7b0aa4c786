namespace ChwFhir.Fhir.Model;

public partial class CodeableConcept
{
    public CodeableConcept()
    {
    }

    // What the Firely SDK's constructors refuse, these refuse too: the compiler holds the product to it.
    public CodeableConcept(string system, string code, string? text = null)
    {
        Coding.Add(new Coding(system, code));
        Text = text;
    }

    public CodeableConcept(string system, string code, string display, string text)
    {
        Coding.Add(new Coding(system, code, display));
        Text = text;
    }
}
