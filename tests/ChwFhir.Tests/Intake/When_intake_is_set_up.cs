using ChwFhir.Intake;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake;

internal sealed class When_intake_is_set_up
{
    [TestCase("Development", ExpectedResult = false)]
    [TestCase("Production", ExpectedResult = true)]
    public bool The_patient_check_is_wanted_in_Production(string environment) => Options(environment).RequirePatientCheck;

    [Test]
    public void A_setting_wins_over_the_default()
    {
        var options = Options("Production", ("Intake:RequirePatientCheck", "false"), ("Intake:MaxBytes", "2048"));

        Assert.That(options, Is.EqualTo(new IntakeOptions { RequirePatientCheck = false, MaxBytes = 2048, MaxBytesWithAttachments = 10_485_760 }));
    }

    [TestCase("Intake:MaxBytes", "12")]
    [TestCase("Intake:MaxBytesWithAttachments", "4096")]
    [TestCase("Intake:MaxBytesWithAttachments", "9999999999")]
    public void A_bad_setting_stops_the_start(string name, string value)
    {
        var host = Host("Development", (name, value));

        Assert.That(() => host.StartAsync(CancellationToken.None), Throws.Exception.With.Message.Contains("MaxBytes"));
    }

    [Test]
    public async Task Of_a_body_that_is_too_large_no_more_is_read_than_needed()
    {
        var options = new IntakeOptions { MaxBytes = 2048, MaxBytesWithAttachments = 40_000 };
        using var body = new MemoryStream(new byte[1_000_000]);

        var read = await NoteBody.ReadAsync(body, options, CancellationToken.None);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Length, Is.EqualTo(40_001));
        Assert.That(body.Position, Is.LessThan(60_000));
        Assert.That(VisitNoteReader.Read(read, options), Is.EqualTo(new VisitNoteReading.TooLarge(40_000)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(16 * 1024)]
    [TestCase(40_000)]
    public async Task A_body_that_may_be_taken_is_read_whole(int length)
    {
        var sent = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        using var body = new MemoryStream(sent);

        var read = await NoteBody.ReadAsync(body, new IntakeOptions { MaxBytesWithAttachments = 40_000 }, CancellationToken.None);

        Assert.That(read.ToArray(), Is.EqualTo(sent));
    }

    private static IntakeOptions Options(string environment, params (string Name, string Value)[] settings)
    {
        using var host = Host(environment, settings);
        return host.Services.GetRequiredService<IOptions<IntakeOptions>>().Value;
    }

    private static IHost Host(string environment, params (string Name, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Services.AddIntake(builder.Configuration);
        return builder.Build();
    }
}
