using System.Globalization;

namespace ChwFhir.Intake.Narratives;

/// <summary>Reads the files of the lexicon: a line says one thing, and what is wrong with it is said with its number.</summary>
internal sealed class LexiconReader
{
    internal const int LongestReach = 60;
    internal const string NextVisit = "next-visit";

    private static readonly string[] Cues = ["denied", "past", "maybe", "others", "told", "met"];
    internal static readonly string[] Sections = ["story", "topic", "plan", "goals", "follow-up", "family", "past", "told"];

    private readonly Vocabulary vocabulary = new();
    private readonly List<LexiconRule> rules = [];
    private readonly Dictionary<string, string> headings = new(StringComparer.Ordinal);
    private readonly HashSet<string> abbreviations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> lists = new(StringComparer.Ordinal);

    private string file = "";
    private int number;

    internal void Read(string name, string text)
    {
        (file, number) = (name, 0);
        string[]? section = null;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[0] == '@')
                List(line);
            else if (line[0] == '[')
                section = Section(line);
            else if (section is null)
                throw Wrong("a line stands under no [section].");
            else
                Entry(section, line);
        }
    }

    internal Lexicon Done()
    {
        foreach (var needed in new[] { "score-between", "score-of", "score-from", "score-behind", "not-score", "goal-before", "tomorrow", "not-tomorrow", "day-of", "next", "in", "date-before", "day-first", "days", "weeks", "not-dates" }.Concat(NextVisitDay.Named))
            lists.TryAdd(needed, []);
        return new Lexicon(vocabulary, rules, headings, abbreviations, lists);
    }

    private void List(string line)
    {
        if (line[1..].Split('=', 2) is not [var name, var words] || name.Trim() is not { Length: > 0 } key)
            throw Wrong("a list is written @name = word, word.");
        var ids = words.Split(',').Select(word => word.Trim()).Where(word => word.Length > 0).Select(Word);
        lists[key] = [.. ids.Concat(lists.GetValueOrDefault(key) ?? []).Distinct().Order()];
    }

    private string[] Section(string line)
    {
        if (line[^1] != ']')
            throw Wrong("a section is written [name].");
        var section = line[1..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (section)
        {
            case ["need", var domain] when Words.TryParse<ConcernDomain>(domain, out _):
            case ["symptom", var symptom] when Words.TryParse<SymptomKind>(symptom, out _):
            case ["symptom", var stated, "stated"] when Words.TryParse<SymptomKind>(stated, out _):
            case ["goal"] or ["follow-up"] or ["next-visit"] or ["danger"] or ["nothing"] or ["no-cue"] or ["stop"] or ["abbreviation"]:
            case ["heard", "as", var word] when word.AsSpan().IndexOfAny('*', '#', '{') < 0:
            case ["nothing", var only] when only == "danger" || Words.TryParse<ConcernDomain>(only, out _) || Words.TryParse<SymptomKind>(only, out _):
            case ["stop", var stopped] when Cues.Contains(stopped):
            case ["heading", var kind] when Sections.Contains(kind):
                return section;
            case [var cue, "before" or "after", var reach] when Cues.Contains(cue) && int.TryParse(reach, NumberStyles.None, CultureInfo.InvariantCulture, out var words) && words is > 0 and <= LongestReach:
                return section;
            case ["need", ..]: throw Wrong($"[need …] takes a domain of a concern: {string.Join(", ", Words.All<ConcernDomain>())}.");
            case ["symptom", ..]: throw Wrong($"[symptom …] and [symptom … stated] take a symptom: {string.Join(", ", Words.All<SymptomKind>())}.");
            case ["heading", ..]: throw Wrong($"[heading …] takes one of {string.Join(", ", Sections)}.");
            default: throw Wrong($"sections are [need …], [symptom …], [symptom … stated], [goal], [follow-up], [next-visit], [danger], [heard as WORD], [nothing], [nothing DOMAIN], [nothing SYMPTOM], [nothing danger], [no-cue], [stop], [heading …], [abbreviation], and for {string.Join(", ", Cues)} [… before WORDS] and [… after WORDS] with 1 to {LongestReach} words.");
        }
    }

    private void Entry(string[] section, string line)
    {
        switch (section)
        {
            case ["heading", var kind]: headings[WordFolding.Line(line)] = kind; break;
            case ["abbreviation"]: abbreviations.Add(WordFolding.Line(line)); break;
            case ["need", var domain]: Add(RuleKind.Need, domain, line); break;
            case ["symptom", var symptom]: Add(RuleKind.Symptom, symptom, line); break;
            case ["symptom", var symptom, _]: Add(RuleKind.StatedSymptom, symptom, line); break;
            case ["next-visit"]: Add(RuleKind.FollowUp, NextVisit, line); break;
            case ["goal"]: Add(RuleKind.Goal, "", line); break;
            case ["follow-up"]: Add(RuleKind.FollowUp, "", line); break;
            case ["danger"]: Add(RuleKind.Danger, "danger", line); break;
            case ["heard", "as", var word]: Add(RuleKind.Heard, "", line, word: Word(word)); break;
            case ["nothing", .. var of]: Add(RuleKind.Nothing, of.Length == 1 ? of[0] : "", line); break;
            case ["no-cue"]: Add(RuleKind.NoCue, "", line); break;
            case ["stop", .. var of]: Add(RuleKind.Stop, of is [var cue] ? cue : "", line); break;
            default: Add(RuleKind.Cue, section[0], line, int.Parse(section[2], CultureInfo.InvariantCulture), section[1] == "after"); break;
        }
    }

    private void Add(RuleKind kind, string code, string line, int reach = 0, bool after = false, int word = 0) => rules.Add(new LexiconRule(kind, code, reach, after, word, line, PhraseOf(line)));

    private Phrase PhraseOf(string line)
    {
        List<int[]?> steps = [];
        var optional = 0UL;
        foreach (var part in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith("..", StringComparison.Ordinal))
            {
                if (!int.TryParse(part[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var gap) || gap is < 1 or > 9)
                    throw Wrong("a gap is written ..1 to ..9: so many words may stand there.");
                for (var i = 0; i < gap; i++)
                    Step(null, true);
                continue;
            }

            var mayMiss = part is ['(', .., ')'];
            Step(Alternatives(mayMiss ? part[1..^1] : part), mayMiss);
        }

        if (steps.Count == 0 || steps[0] is null || (optional & 1) != 0)
            throw Wrong("a phrase begins with a word that must be there.");
        if ((optional >> (steps.Count - 1)) == 1 && steps[^1] is null)
            throw Wrong("a phrase does not end with a gap.");
        return new Phrase([.. steps], optional);

        void Step(int[]? words, bool mayMiss)
        {
            if (steps.Count == Phrase.MostSteps - 1)
                throw Wrong($"a phrase has at most {Phrase.MostSteps - 1} words, gaps counted.");
            if (mayMiss)
                optional |= 1UL << steps.Count;
            steps.Add(words);
        }
    }

    private int[] Alternatives(string part)
    {
        List<int> ids = [];
        foreach (var word in part.Split('|'))
        {
            if (word is ['{', .. var name, '}'])
                ids.AddRange(lists.GetValueOrDefault(name) ?? throw Wrong($"no list has the name {name}; it stands before its first use, as @{name} = …"));
            else
                ids.Add(Word(word));
        }

        return [.. ids.Distinct().Order()];
    }

    private int Word(string word)
    {
        if (word == "#")
            return Vocabulary.Number;
        var folded = WordFolding.Line(word);
        if (folded.Length == 0 || folded.Contains(' ') || word.AsSpan().IndexOf('*') is var star && star >= 0 && star != word.Length - 1 || (word[^1] == '*' && folded.Length < 2))
            throw Wrong($"\"{word}\" is no word. A word has letters or digits, and may end with * after two of them; a phrase is words with spaces between.");
        return vocabulary.Learn(word[^1] == '*' ? $"{folded}*" : folded);
    }

    private LexiconException Wrong(string what) => new(file, number, what);
}
