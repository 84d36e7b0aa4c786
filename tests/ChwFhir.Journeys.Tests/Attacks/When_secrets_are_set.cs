using NUnit.Framework;

namespace ChwFhir.Journeys.Attacks;

internal sealed class When_secrets_are_set
{
    [Test]
    public async Task One_on_the_command_line_stops_the_start_in_Production_and_is_not_repeated()
    {
        var (exitCode, output) = await ApiProcess.RunToEndAsync(["--environment=Production", "--Ehr:Auth:Token=hush-hush"], ("Storage__Directory", Path.GetTempPath()));

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain("Ehr__Auth__Token").And.Contain("Ehr__Auth__TokenFile").And.Not.Contain("hush-hush"));
    }

    [Test]
    public async Task A_file_that_cannot_be_read_stops_the_start()
    {
        var (exitCode, output) = await ApiProcess.RunToEndAsync(("CareTeam__Notify__SmtpFile", "/nowhere/smtp"));

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain("CareTeam__Notify__SmtpFile"));
    }

    [Test]
    public async Task What_stands_in_a_file_is_taken_as_if_it_were_set()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "not-an-address\n");

        var (exitCode, output) = await ApiProcess.RunToEndAsync(("CareTeam__Notify__SmtpFile", file));

        File.Delete(file);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain("CareTeam__Notify__Smtp: as smtp://").And.Not.Contain("not-an-address"));
    }
}
