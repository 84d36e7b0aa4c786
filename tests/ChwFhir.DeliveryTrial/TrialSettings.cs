using System.Globalization;

namespace ChwFhir.DeliveryTrial;

/// <summary>What a run of the trial is told on its command line.</summary>
internal sealed record TrialSettings
{
    public const string Usage = """
        delivery trial: sends notes through a bad line to an EHR, kills the service meanwhile, and counts what stands in the charts.
          --short             each EHR and each store once, a few notes, under two minutes when nothing else runs
          --pairs E/S,E/S     EHR (lenient, strict) and store (sqlite, postgres: three instances); all four of them unless told
          --notes N           notes for each pair
          --visits N          notes of one patient
          --kills N           kill -9 of the service for each pair, spread over the sending
          --phones N          senders at the same time
          --factor N          all timeouts and waits of the service are divided by this (1 to 10)
          --minutes N         bound of the whole trial
          --seed N            what is drawn: faults, kills, phones
          --no-faults         a good line
          --keep              leave the working folder
          --report FOLDER     where the table and the violations are written (TestResults/delivery-trial)
        """;

    public IReadOnlyList<string> Pairs { get; init; } = ["lenient/sqlite", "strict/sqlite", "lenient/postgres", "strict/postgres"];

    public int Notes { get; init; } = 2600;

    public int Visits { get; init; } = 13;

    public int Kills { get; init; } = 22;

    public int Phones { get; init; } = 16;

    public int Factor { get; init; } = 10;

    public TimeSpan Bound { get; init; } = TimeSpan.FromMinutes(29);

    public int Seed { get; init; } = 20261122;

    public bool Faults { get; init; } = true;

    public bool Keep { get; init; }

    public string Report { get; init; } = Path.Combine("TestResults", "delivery-trial");

    /// <exception cref="FormatException">With what is wrong.</exception>
    public static TrialSettings Read(IEnumerable<string> arguments)
    {
        var settings = new TrialSettings();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var word))
            settings = word switch
            {
                "--short" => settings with { Pairs = ["lenient/sqlite", "strict/postgres"], Notes = 40, Visits = 5, Kills = 3, Phones = 4, Bound = TimeSpan.FromMinutes(6) },
                "--pairs" => settings with { Pairs = Value().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
                "--notes" => settings with { Notes = Number() },
                "--visits" => settings with { Visits = Number() },
                "--kills" => settings with { Kills = Number() },
                "--phones" => settings with { Phones = Number() },
                "--factor" => settings with { Factor = Math.Clamp(Number(), 1, 10) },
                "--minutes" => settings with { Bound = TimeSpan.FromMinutes(Number()) },
                "--seed" => settings with { Seed = Number() },
                "--no-faults" => settings with { Faults = false },
                "--keep" => settings with { Keep = true },
                "--report" => settings with { Report = Value() },
                _ => throw new FormatException($"{word} is no word of the trial.\n{Usage}"),
            };
        return settings;

        string Value() => rest.TryDequeue(out var value) ? value : throw new FormatException($"The last word wants a value.\n{Usage}");
        int Number() => int.Parse(Value(), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
