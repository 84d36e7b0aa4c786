using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChwFhir.Api.Host;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_the_start_goes_wrong
{
    private static readonly (string, string)[] TheProduction =
        [("DOTNET_ENVIRONMENT", "Production"), ("Storage__Key", TheKey), ("Auth__Authority", "https://login.example"), ("Auth__Audience", "chwfhir"), ("Auth__Panel", "open")];

    private const string TheKey = StoreKeyFile.Key;

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
        await EndsWith("Ehr__BaseUrl", ("DOTNET_ENVIRONMENT", "Production"), ("Storage__Key", TheKey), ("Auth__Authority", "https://login.example"), ("Auth__Audience", "chwfhir"));

    [Test]
    public async Task Production_without_a_sign_in_says_both_settings() =>
        await EndsWith("Auth__Audience", ("DOTNET_ENVIRONMENT", "Production"), ("Storage__Key", TheKey), ("Ehr__BaseUrl", "http://127.0.0.1:9/fhir"));

    [Test]
    public async Task Development_sign_in_is_refused_in_Production() =>
        await EndsWith("Auth__Mode", ("DOTNET_ENVIRONMENT", "Production"), ("Storage__Key", TheKey), ("Ehr__BaseUrl", "http://127.0.0.1:9/fhir"), ("Auth__Mode", "development"));

    [Test]
    public async Task Production_says_whose_patients_a_CHW_sees() =>
        await EndsWith("Auth__Panel", ("DOTNET_ENVIRONMENT", "Production"), ("Storage__Key", TheKey), ("Ehr__BaseUrl", "http://127.0.0.1:9/fhir"), ("Auth__Authority", "https://login.example"), ("Auth__Audience", "chwfhir"));

    [TestCase("http://ehr.example/fhir")]
    [TestCase("http://192.168.0.7/fhir")]
    public async Task Production_with_an_EHR_over_plain_http_is_told_in_one_line(string ehr) =>
        await EndsWith("Ehr__BaseUrl: https is needed", [.. TheProduction, ("Ehr__BaseUrl", ehr)]);

    [TestCase("http://chw.example.org")]
    [TestCase("http://192.168.0.7:5080")]
    public async Task Production_that_is_seen_from_outside_over_plain_http_is_told_in_one_line(string address) =>
        await EndsWith("PublicUrl: https is needed", [.. TheProduction, ("Ehr__BaseUrl", "https://ehr.example/fhir"), ("PublicUrl", address)]);

    [TestCase("Ehr__Auth__KeyFile")]
    [TestCase("App__KeyFile")]
    public async Task Production_with_the_key_of_Development_is_told_in_one_line(string setting)
    {
        var key = DevelopmentKey.In(folder);

        await EndsWith($"{setting}: this key was made for trying out", [.. TheProduction, ("Ehr__BaseUrl", "https://ehr.example/fhir"), (setting, key)]);
    }

    [Test]
    public async Task Production_without_a_key_of_the_store_is_told_in_one_line() =>
        await EndsWith("Storage__KeyFile: the key that the store is sealed with is needed", [.. TheProduction, ("Storage__Key", ""), ("Ehr__BaseUrl", "https://ehr.example/fhir")]);

    [Test]
    public async Task Production_with_the_key_beside_the_store_is_told_in_one_line()
    {
        var file = Path.Combine(folder, "key.txt");
        await File.WriteAllTextAsync(file, TheKey);

        await EndsWith("Storage__KeyFile: lies in Storage__Directory", [.. TheProduction, ("Storage__Key", ""), ("Storage__KeyFile", file), ("Storage__Directory", folder), ("Ehr__BaseUrl", "https://ehr.example/fhir")]);
    }

    [Test]
    public async Task Production_with_a_key_of_the_store_that_was_made_in_Development_is_told_in_one_line() =>
        await EndsWith("Storage__KeyFile: this key was made for trying out", [.. TheProduction, ("Storage__Key", $"#made-for-trying-out\n{TheKey}"), ("Ehr__BaseUrl", "https://ehr.example/fhir")]);

    [TestCase("Storage__Key", "c2hvcnQ=")]
    [TestCase("Storage__KeyFile", "/nowhere/key.txt")]
    [TestCase("Ehr__Sandbox__Capabilities", "some")]
    [TestCase("Ehr__RequestTimeout", "soon")]
    [TestCase("Ehr__BaseUrl", "not an address")]
    [TestCase("Storage__Provider", "paper")]
    [TestCase("Ehr__Auth__Mode", "basic")]
    [TestCase("Ehr__Auth__KeyFile", "/nowhere/key.pem")]
    [TestCase("App__KeyFile", "/nowhere/key.pem")]
    [TestCase("App__SignIn", "magic")]
    [TestCase("App__FrameAncestors", "https://ehr.example; script-src *")]
    [TestCase("App__Issuers", "http://ehr.example/fhir")]
    [TestCase("Auth__Mode", "trust")]
    [TestCase("Storage__Directory", "")]
    [TestCase("Storage__Directory", "/dev/null")]
    [TestCase("CareTeam__Notify__Webhook", "http://hooks.example/x")]
    [TestCase("CareTeam__Notify__Smtp", "mail.example")]
    [TestCase("CareTeam__OnCall", "nurse, supervisor")]
    [TestCase("CareTeam__Hours", "9 to 5")]
    [TestCase("CareTeam__Mail__nurse", "the nurses")]
    [TestCase("Mllp__Port", "99999")]
    [TestCase("Mllp__Port", "some")]
    [TestCase("Mllp__Address", "everywhere")]
    [TestCase("Mllp__MaxConnections", "0")]
    [TestCase("PublicUrl", "chw.example")]
    [TestCase("PublicUrl", "ftp://chw.example")]
    [TestCase("PublicUrl", "https://chw.example/?a=b")]
    [TestCase("Ehr__HomeVisitEncounterTypes", "a|b|c")]
    [TestCase("ASPNETCORE_URLS", "http://localhost:80x")]
    [TestCase("ASPNETCORE_URLS", "http://127.0.0.1:0;http://localhost:80x")]
    [TestCase("ASPNETCORE_URLS", "http://localhost:")]
    [TestCase("ASPNETCORE_URLS", "localhost:8080")]
    [TestCase("ASPNETCORE_URLS", "http://chw.example:5080")]
    [TestCase("ASPNETCORE_URLS", "gopher://x")]
    [TestCase("ASPNETCORE_URLS", "http://localhost:99999")]
    [TestCase("ASPNETCORE_URLS", "https://127.0.0.1:0")]
    public async Task A_bad_setting_is_told_by_its_name(string name, string value) => await EndsWith(name, (name, value));

    [TestCase("needed", null)]
    [TestCase("no connection string", "Host=db;Pasword=hunter2")]
    [TestCase("names no host", "Username=chw;Password=hunter2")]
    [TestCase("cannot be reached", "Host=127.0.0.1;Port=1;Username=chw;Password=hunter2")]
    [TestCase("cannot be reached", "Host=127.0.0.1 Password=hunter2")]
    public async Task PostgreSQL_that_cannot_be_used_is_told_in_one_line_without_its_password(string words, string? connectionString)
    {
        (string, string)[] given = connectionString is null ? [] : [("Storage__ConnectionString", connectionString)];

        var output = await EndsWith(words, [("Storage__Provider", "postgres"), .. given]);

        Assert.That(output.Split('\n').Count(line => line.StartsWith("Storage__ConnectionString", StringComparison.Ordinal)), Is.EqualTo(1), output);
        Assert.That(output, Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task A_connection_string_without_its_provider_stops_the_start() =>
        await EndsWith("Storage__Provider=postgres", ("Storage__ConnectionString", "Host=db;Password=hunter2"));

    [TestCase("http://*:0")]
    [TestCase("http://+:0")]
    [TestCase("http://0.0.0.0:0")]
    [TestCase("http://[::]:0")]
    public void All_addresses_of_the_machine_are_listened_on_where_that_is_said(string url) =>
        Assert.That(Addresses.Listening(url), Is.Empty);

    private async Task<string> EndsWith(string words, params (string, string)[] settings)
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
        return output;
    }
}
