namespace ChwFhir.Api.Imports;

/// <summary>What the command line of an import says.</summary>
internal sealed record ImportOrder
{
    public const string Usage = """
        import FILE…      brings files and folders in: visit notes, after-visit summaries, screenings, one a file or NDJSON, one a line
          --patient Patient/x     whose they are, where the files do not say it (needed for text, HTML and Markdown)
          --encounter Encounter/x of which visit they are
          --urls URL              where the service runs (http://localhost:5080); where none answers it is started for the import
          --token TOKEN           of the service's own sign-in
          --journal FILE          what has been brought in already (chwfhir-import.journal); started again, the import goes on from there
          --report FILE           a line of result for each document (chwfhir-import.ndjson)
        Any other --Section:Name=value is a setting of the service that is started.
        """;

    public IReadOnlyList<string> Paths { get; init; } = [];

    public string? Patient { get; init; }

    public string? Encounter { get; init; }

    public string? Token { get; init; }

    public string Journal { get; init; } = "chwfhir-import.journal";

    public string Report { get; init; } = "chwfhir-import.ndjson";

    /// <summary>For the service.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <exception cref="FormatException">With what is wrong.</exception>
    public static ImportOrder Read(IReadOnlyList<string> args)
    {
        var order = new ImportOrder();
        List<string> paths = [], settings = [];
        for (var at = 0; at < args.Count; at++)
        {
            var (name, value) = args[at].StartsWith("--", StringComparison.Ordinal) && args[at].IndexOf('=', StringComparison.Ordinal) is var sign and > 0 ? (args[at][..sign], args[at][(sign + 1)..]) : (args[at], null);
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                paths.Add(name);
                continue;
            }
            value ??= at + 1 < args.Count ? args[++at] : throw new FormatException($"{name} wants a value.\n{Usage}");
            switch (name)
            {
                case "--patient": order = order with { Patient = value }; break;
                case "--encounter": order = order with { Encounter = value }; break;
                case "--token": order = order with { Token = value }; break;
                case "--journal": order = order with { Journal = value }; break;
                case "--report": order = order with { Report = value }; break;
                default: settings.AddRange([name, value]); break;
            }
        }
        return paths.Count > 0 ? order with { Paths = paths, Settings = settings } : throw new FormatException(Usage);
    }

    /// <summary>A token must not stand in what is printed.</summary>
    public override string ToString() => string.Join(' ', Paths);
}
