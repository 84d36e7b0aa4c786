using System.Collections.Concurrent;
using System.Net.Http.Headers;
using ChwFhir.Sandbox;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_the_sandbox_logs
{
    private const string Marker = "Zyxwvut";

    [Test]
    public async Task Nothing_of_a_chart_or_an_address_is_in_it()
    {
        var folder = Directory.CreateTempSubdirectory("chwfhir-sandbox-");
        using var heard = new Heard();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(heard));
        try
        {
            await using var ehr = await SandboxEhr.StartAsync(new SandboxOptions { Url = "http://localhost:0", Directory = folder.FullName }, loggers, CancellationToken.None);
            using var http = new HttpClient { BaseAddress = new Uri(ehr.BaseUrl + "/") };
            await http.PutAsync($"Patient/{Marker}", Body($$"""{ "resourceType": "Patient", "id": "{{Marker}}", "name": [{ "family": "{{Marker}}" }] }"""));
            await http.GetAsync($"Patient?name={Marker}");
            await http.GetAsync($"Patient/{Marker}/_history");
            await http.PostAsync("Patient", Body($"{{ {Marker}"));
            await http.PostAsync("Patient", Body($$"""{ "resourceType": "Patient", "{{Marker}}": 1 }"""));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(heard.Lines, Is.Not.Empty);
            Assert.That(heard.Lines, Has.None.Contains(Marker).And.None.Contains("Maldonado").And.None.Contains("rosa-m"));
        }
    }

    private static StringContent Body(string json) => new(json, MediaTypeHeaderValue.Parse("application/fhir+json"));

    private sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
