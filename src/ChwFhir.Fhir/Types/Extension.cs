namespace ChwFhir.Fhir.Model;

public partial class Extension
{
    public Extension()
    {
    }

    public Extension(string url, DataType value) => (Url, Value) = (url, value);
}
