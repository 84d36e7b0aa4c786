namespace ChwFhir.Intake.Screenings;

/// <summary>A question of an instrument, or a result that is computed from others.</summary>
/// <param name="LinkId">A LOINC code, the ESAS word or <c>distress</c>: what a note names it by.</param>
internal sealed record FormItem(string LinkId, FormCode Code, string Text, FormItemType Type)
{
    /// <summary>The part of the form that it stands in; null on a form without parts.</summary>
    internal FormGroup? Group { get; init; }

    internal bool Required { get; init; }

    /// <summary>Several answers may be given.</summary>
    internal bool Repeats { get; init; }

    internal decimal? Least { get; init; }

    internal decimal? Most { get; init; }

    internal IReadOnlyList<FormOption> Options { get; init; } = [];

    /// <summary>It is only asked when one of these holds; none: always.</summary>
    internal IReadOnlyList<FormCondition> AskedWhenAny { get; init; } = [];

    /// <summary>How it is computed; null for a question.</summary>
    internal ScoreRule? Rule { get; init; }

    /// <summary>What its score means, from the lowest up.</summary>
    internal IReadOnlyList<ScoreBand> Bands { get; init; } = [];

    /// <summary>The option of a code, or one that is said in its own words.</summary>
    internal FormOption? Option(string answer) =>
        Options.FirstOrDefault(option => option.Code == answer) ?? Options.FirstOrDefault(option => PlainWords.Same(option.Display, answer));

    internal FormOption? Option(decimal score) => Options.FirstOrDefault(option => option.Score == score);

    internal ScoreBand? Band(decimal score) => Bands.LastOrDefault(band => score >= band.From);
}
