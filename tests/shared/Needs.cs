using NUnit.Framework;

namespace ChwFhir.Testing;

/// <summary>
/// What a test needs beside the SDK. Without it the test is left out and says so; tests/run.sh installs it all and sets
/// <c>CHWFHIR_TESTS_REQUIRE</c> (comma-separated: node, chromium, postgresql), and then what is missing is a failure.
/// </summary>
internal static class Needs
{
    /// <summary>Folder of the shared test data (environment variable <c>CHWFHIR_TESTDATA</c>).</summary>
    public static string TestData(params string[] parts)
    {
        var folder = Environment.GetEnvironmentVariable("CHWFHIR_TESTDATA");
        if (string.IsNullOrEmpty(folder))
            LeaveOut("test data", "set CHWFHIR_TESTDATA to the folder of the test data");
        folder = Path.GetFullPath(folder!, Repository.Root);
        Assert.That(folder, Does.Exist, "CHWFHIR_TESTDATA names no folder");
        return Path.Combine([folder, .. parts]);
    }

    /// <summary>The foreign FHIR server and validator (Node packages under tests/foreign-fhir-server).</summary>
    public static string ForeignFhir()
    {
        var folder = Repository.Path("tests", "foreign-fhir-server");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@medplum", "fhir-router")) || !Directory.Exists(Path.Combine(folder, "node_modules", "fhir")))
            LeaveOut("node", "run `npm ci` in tests/foreign-fhir-server");
        return folder;
    }

    /// <summary>The app on SMART's own client library (Node packages under tests/smart-client).</summary>
    public static string SmartClient()
    {
        var folder = Repository.Path("tests", "smart-client");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "fhirclient")))
            LeaveOut("node", "run `npm ci` in tests/smart-client");
        return folder;
    }

    /// <summary>The source of axe-core (Node package under tests/axe), to be put into a page.</summary>
    public static string Axe()
    {
        var file = Repository.Path("tests", "axe", "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(file))
            LeaveOut("node", "run `npm ci` in tests/axe");
        return File.ReadAllText(file);
    }

    /// <summary>Path of a Chromium that Playwright can drive.</summary>
    public static string Chromium()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
            LeaveOut("chromium", "install Debian's chromium, or set CHROMIUM to a browser");
        return path;
    }

    /// <summary>The programs of PostgreSQL, for <see cref="PrivatePostgres"/>.</summary>
    public static void Postgres()
    {
        if (PrivatePostgres.Binaries is null)
            LeaveOut("postgresql", "install Debian's postgresql, or set CHWFHIR_POSTGRES to the folder of its programs");
    }

    private static void LeaveOut(string need, string advice)
    {
        var required = Environment.GetEnvironmentVariable("CHWFHIR_TESTS_REQUIRE") ?? "";
        if (required.Split(',', StringSplitOptions.TrimEntries).Contains(need))
            Assert.Fail($"This run must have {need}: {advice}.");
        LeftOut.Count(need);
        // Assert.Ignore refuses to be called among several asserts; to leave a test out is no assertion.
        throw new IgnoreException($"Needs {need}: {advice}.");
    }
}
