using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>
/// What a programme calls a red flag: a dated file that its medical director signs (setting <c>Programme:RedFlags</c>), never code.
/// The default is <c>fhir-profiles/programme/red-flags.json</c>; its README documents the members.
/// </summary>
public sealed record RedFlagRules
{
    private static readonly Lazy<RedFlagRules> Shipped = new(() => RuleFile.Embedded<RedFlagRules>("programme/red-flags.json"));

    public required string Id { get; init; }

    public required string Date { get; init; }

    /// <summary>Who signed these rules; null in the default, which nobody has signed.</summary>
    public string? SignedBy { get; init; }

    public string? Source { get; init; }

    /// <summary>What an alert's urgency is at least.</summary>
    public string Urgency { get; init; } = "urgent";

    public IReadOnlyList<ScoreRule> Scores { get; init; } = [];

    /// <summary>Symptoms whose being there is enough.</summary>
    public IReadOnlyList<string> Present { get; init; } = [];

    public IReadOnlyList<VitalRule> Vitals { get; init; } = [];

    public IReadOnlyList<AnswerRule> Answers { get; init; } = [];

    /// <summary>Domains of concerns that are a flag while they are open.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Urgencies of a message that are a flag by themselves.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Whether <c>needsClinician</c> on a symptom is a flag.</summary>
    public bool NeedsClinician { get; init; } = true;

    /// <summary>Whether words of danger in a narrative make the app ask; the words are the lexicon's (<c>[danger]</c>).</summary>
    public bool Narrative { get; init; }

    public static RedFlagRules Default => Shipped.Value;

    internal Urgency LeastUrgency => Words.TryParse<Urgency>(Urgency, out var urgency) ? urgency : Intake.Urgency.Urgent;

    /// <summary>Symptoms by their words, with a score that counts.</summary>
    /// <param name="From">This score or more, when the last one known was less.</param>
    /// <param name="RisenBy">So much above the last score known.</param>
    /// <param name="AboveTolerable">Above what the person said they can bear.</param>
    public sealed record ScoreRule(IReadOnlyList<string> Symptoms, int? From = null, int? RisenBy = null, bool AboveTolerable = false);

    /// <summary>A limit of a vital sign in a UCUM unit.</summary>
    /// <param name="Part"><c>systolic</c> or <c>diastolic</c> of a blood pressure.</param>
    /// <param name="From">This much or more.</param>
    /// <param name="Below">Less than this.</param>
    public sealed record VitalRule(string Kind, string Unit, string? Part = null, decimal? From = null, decimal? Below = null);

    /// <summary>A screening answer or result: its score is above a limit, or it is an answer that says something is wrong.</summary>
    public sealed record AnswerRule(string Item, decimal? Above = null, bool Need = false)
    {
        internal bool IsMetBy(InstrumentForm instrument, ScreeningAnswer answer) =>
            answer.Item == Item && (Scoring.Score(instrument, answer) > Above || (Need && ScreeningAnswers.IsNeed(instrument, answer)));
    }
}
