using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_the_start_goes_wrong
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("chwfhir-start").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await EndsWith($"http://127.0.0.1:{port} is in use", ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"));
    }

    [Test]
    public async Task The_sandboxs_port_in_use_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await EndsWith("Ehr__Sandbox__Url", ("Ehr__Sandbox__Url", $"http://localhost:{port}"));
    }

    [Test]
    public async Task A_folder_that_another_process_owns_is_told_in_one_line()
    {
        await using var first = await Town.StartAsync(("Storage__Directory", folder));

        await EndsWith("Storage__Directory", ("Ehr__BaseUrl", first.EhrBaseUrl.AbsoluteUri));
    }

    [Test]
    public async Task Production_without_an_EHR_is_told_in_one_line() =>
        await EndsWith("Ehr__BaseUrl", ("DOTNET_ENVIRONMENT", "Production"), ("Auth__Authority", "https://login.example"), ("Auth__Audience", "chwfhir"));

    [Test]
    public async Task Production_without_a_sign_in_says_both_settings() =>
        await EndsWith("Auth__Audience", ("DOTNET_ENVIRONMENT", "Production"), ("Ehr__BaseUrl", "http://127.0.0.1:9/fhir"));

    [Test]
    public async Task Development_sign_in_is_refused_in_Production() =>
        await EndsWith("Auth__Mode", ("DOTNET_ENVIRONMENT", "Production"), ("Ehr__BaseUrl", "http://127.0.0.1:9/fhir"), ("Auth__Mode", "development"));

    [TestCase("Ehr__Sandbox__Capabilities", "some")]
    [TestCase("Ehr__RequestTimeout", "soon")]
    [TestCase("Ehr__BaseUrl", "not an address")]
    [TestCase("Storage__Provider", "paper")]
    [TestCase("Auth__Mode", "trust")]
    [TestCase("Storage__Directory", "")]
    [TestCase("Storage__Directory", "/dev/null")]
    [TestCase("ASPNETCORE_URLS", "gopher://x")]
    [TestCase("ASPNETCORE_URLS", "http://localhost:99999")]
    [TestCase("ASPNETCORE_URLS", "https://127.0.0.1:0")]
    public async Task A_bad_setting_is_told_by_its_name(string name, string value) => await EndsWith(name, (name, value));

    private async Task EndsWith(string words, params (string, string)[] settings)
    {
        var (exitCode, output) = await ApiProcess.RunToEndAsync([("Storage__Directory", folder), ("ASPNETCORE_URLS", "http://127.0.0.1:0"), .. settings]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(1), output);
            Assert.That(output, Does.Contain(words));
            Assert.That(output, Does.Not.Contain("   at "), "a stack trace");
            Assert.That(output, Does.Not.Contain("DataAnnotation"), "words of the framework");
            Assert.That(output, Does.Not.Contain("ChwFhir runs"));
        }
    }
}
