namespace ChwFhir.Journeys.Api;

internal sealed class When_the_store_makes_its_folder
{
    [Test]
    public async Task Nobody_else_on_the_machine_looks_into_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("file modes are Unix's");
            return;
        }

        using var parent = new TempFolder();
        var folder = Path.Combine(parent.Path, "notes");
        await using var town = await Town.StartAsync(("Ehr__BaseUrl", "http://127.0.0.1:9/fhir"), ("Storage__Directory", folder));

        Assert.That(File.GetUnixFileMode(folder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }
}
