namespace ChwFhir.Api;

internal sealed class OurEhr(IConfiguration settings)
{
    public string Id => settings["Ehr:BaseUrl"]!;
}
