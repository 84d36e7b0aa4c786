using System.Net;
using ChwFhir.Fhir.Client;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Client;

/// <summary>Attacks by address: what another party names must lead neither into this machine nor into the house, and never carry the token away.</summary>
public sealed class When_an_address_comes_from_outside
{
    private static readonly Uri ThePublicEhr = new("https://ehr.test/fhir");

    [TestCase("127.0.0.1", "Loopback")]
    [TestCase("127.9.9.9", "Loopback")]
    [TestCase("::1", "Loopback")]
    [TestCase("::ffff:127.0.0.1", "Loopback")]
    [TestCase("64:ff9b::7f00:1", "Loopback")]
    [TestCase("64:ff9b:1::a9fe:a9fe", "Nowhere")]
    [TestCase("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Nowhere")]
    [TestCase("2002:7f00:1::", "Loopback")]
    [TestCase("10.1.2.3", "Private")]
    [TestCase("172.31.0.1", "Private")]
    [TestCase("192.168.1.1", "Private")]
    [TestCase("100.100.100.200", "Private")]
    [TestCase("fd12::1", "Private")]
    [TestCase("::ffff:10.0.0.1", "Private")]
    [TestCase("169.254.169.254", "Nowhere")]
    [TestCase("::ffff:169.254.169.254", "Nowhere")]
    [TestCase("168.63.129.16", "Nowhere")]
    [TestCase("fd00:ec2::254", "Nowhere")]
    [TestCase("fe80::1", "Nowhere")]
    [TestCase("0.0.0.0", "Nowhere")]
    [TestCase("::", "Nowhere")]
    [TestCase("224.0.0.1", "Nowhere")]
    [TestCase("255.255.255.255", "Nowhere")]
    [TestCase("8.8.8.8", "Public")]
    [TestCase("172.32.0.1", "Public")]
    [TestCase("2606:4700::1111", "Public")]
    public void It_is_known_from_where_it_can_be_reached(string address, string reach) =>
        Assert.That(NetworkReaches.Of(IPAddress.Parse(address)).ToString(), Is.EqualTo(reach));

    [TestCase("127.0.0.1")]
    [TestCase("10.0.0.5")]
    [TestCase("169.254.169.254")]
    [TestCase("::1")]
    [TestCase("8.8.8.8,127.0.0.1")]
    public void A_name_that_leads_inside_is_not_connected_to(string leadsTo)
    {
        using var server = new ScriptedServer(_ => Reply.Empty(200));
        var inside = leadsTo.Split(',').Select(IPAddress.Parse).ToArray();
        using var http = Outside([ThePublicEhr], (name, _) => Task.FromResult(name == "ehr.test" ? [IPAddress.Parse("203.0.113.7")] : inside));

        Assert.That(async () => await http.GetAsync(new Uri($"https://tokens.test:{new Uri(server.Origin).Port}/token")), Throws.InstanceOf<OutsideAddressException>());
        Assert.That(server.Seen, Is.Empty);
    }

    [Test]
    public void A_name_that_changes_its_mind_between_two_connections_leads_nowhere_the_second_time()
    {
        var asked = 0;
        using var http = Outside([ThePublicEhr], (name, _) => Task.FromResult(new[] { IPAddress.Parse(name == "ehr.test" || asked++ == 0 ? "203.0.113.7" : "127.0.0.1") }), TimeSpan.FromMilliseconds(200));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await http.GetAsync(new Uri("https://tokens.test:1/a")), Throws.Exception.Not.InstanceOf<OutsideAddressException>());
            Assert.That(async () => await http.GetAsync(new Uri("https://tokens.test:1/b")), Throws.InstanceOf<OutsideAddressException>());
        }
    }

    [TestCase("https://169.254.169.254/latest/meta-data")]
    [TestCase("https://127.0.0.1/")]
    [TestCase("https://2130706433/")]
    [TestCase("https://[::1]/")]
    [TestCase("https://[::ffff:169.254.169.254]/")]
    [TestCase("http://ehr.test/fhir")]
    [TestCase("http://tokens.test/")]
    [TestCase("https://user@tokens.test/")]
    public void An_address_into_this_machine_or_its_wire_is_not_spoken_to(string address)
    {
        using var http = Outside([ThePublicEhr], (name, _) => Task.FromResult(new[] { IPAddress.Parse("203.0.113.7") }));

        Assert.That(async () => await http.GetAsync(new Uri(address)), Throws.InstanceOf<OutsideAddressException>());
    }

    [Test]
    public async Task An_EHR_on_this_machine_may_have_its_tokens_from_this_machine()
    {
        using var server = new ScriptedServer(_ => Reply.Empty(200));
        using var http = Outside([new Uri("http://localhost:1/fhir")], Dns.GetHostAddressesAsync);

        using var answer = await http.GetAsync(new Uri($"{server.Origin}/token"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public void An_EHR_in_the_house_opens_the_house_and_not_this_machine()
    {
        using var http = Outside([new Uri("https://ehr.house/fhir")], (name, _) => Task.FromResult(new[] { IPAddress.Parse(name switch { "ehr.house" => "10.0.0.1", "tokens.house" => "10.255.255.1", _ => "127.0.0.1" }) }), TimeSpan.FromMilliseconds(200));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await http.GetAsync(new Uri("https://tokens.house:1/")), Throws.Exception.Not.InstanceOf<OutsideAddressException>());
            Assert.That(async () => await http.GetAsync(new Uri("https://evil.test:1/")), Throws.InstanceOf<OutsideAddressException>());
        }
    }

    [Test]
    public async Task A_redirect_is_not_followed()
    {
        using var other = new ScriptedServer(_ => Reply.Empty(200));
        using var server = new ScriptedServer(_ => Reply.Empty(302, ("Location", $"{other.Origin}/token")));
        using var http = Outside([server.Base], Dns.GetHostAddressesAsync);

        using var answer = await http.GetAsync(new Uri($"{server.Origin}/token"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found));
            Assert.That(other.Seen, Is.Empty);
        }
    }

    [TestCase("https://ehr.test/fhir", true)]
    [TestCase("https://EHR.test:443/fhir/Patient/1?x=/..", true)]
    [TestCase("https://ehr.test/fhir?_getpages=1", true)]
    [TestCase("https://ehr.test/fhirevil", false)]
    [TestCase("https://ehr.test/", false)]
    [TestCase("https://ehr.test/FHIR/Patient/1", false)]
    [TestCase("http://ehr.test/fhir", false)]
    [TestCase("https://ehr.test:8443/fhir", false)]
    [TestCase("https://ehr.test.evil/fhir", false)]
    [TestCase("https://x@ehr.test/fhir", false)]
    [TestCase("https://ehr.test/fhir/../admin", false)]
    [TestCase("https://ehr.test/fhir/%2e%2e/admin", false)]
    [TestCase("https://ehr.test/fhir/..%2fadmin", false)]
    [TestCase("https://ehr.test/fhir/..\\admin", false)]
    public void The_token_is_for_the_base_and_what_stands_under_it(string address, bool under)
    {
        var verbatim = new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        Assert.That(OutsideAddress.IsUnder(ThePublicEhr, verbatim), Is.EqualTo(under));
    }

    private static HttpClient Outside(IReadOnlyList<Uri> trusted, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeSpan? connect = null) =>
        new(OutsideHandler.Create(trusted, connect ?? TimeSpan.FromSeconds(2), resolve));
}
