using System.Numerics;

namespace ChwFhir.Intake.Narratives;

/// <summary>A phrase of the lexicon as steps, each a set of words. Matched without going back: all ways through it are followed at once, so that no text makes it slow.</summary>
internal sealed class Phrase
{
    /// <summary>One bit a step, and one for the end.</summary>
    internal const int MostSteps = 63;

    private readonly int[]?[] steps;
    private readonly ulong optional;

    /// <param name="steps">Ids of the words that may stand there, in order of number; null for any word.</param>
    /// <param name="optional">Steps that may be missing.</param>
    internal Phrase(int[]?[] steps, ulong optional)
    {
        (this.steps, this.optional) = (steps, optional);
        Second = SecondOf(steps, optional);
    }

    /// <summary>Words with which it begins.</summary>
    internal ReadOnlySpan<int> First => steps[0];

    /// <summary>Words of which one must follow the first; null when it may end there, or go on with any.</summary>
    internal int[]? Second { get; }

    /// <summary>How far the phrase goes at most when it begins with this word; -1 when it does not.</summary>
    internal int End(NarrativeWords words, int from, int to)
    {
        var (open, end) = (1UL, -1);
        for (var at = from; at < to && open != 0; at++)
        {
            if (at > from && words[at].IsApart)
                break;
            open = Skip(Step(words.Ids(at), open));
            if ((open >> steps.Length) != 0)
                end = at + 1;
        }

        return end;
    }

    private static int[]? SecondOf(int[]?[] steps, ulong optional)
    {
        HashSet<int> second = [];
        for (var step = 1; step < steps.Length; step++)
        {
            if (steps[step] is not { } words)
                return null;
            second.UnionWith(words);
            if ((optional & (1UL << step)) == 0)
                return [.. second];
        }

        return null;
    }

    private ulong Step(ReadOnlySpan<int> word, ulong open)
    {
        var next = 0UL;
        for (var rest = open & ~(ulong.MaxValue << steps.Length); rest != 0; rest &= rest - 1)
        {
            var step = BitOperations.TrailingZeroCount(rest);
            if (Takes(steps[step], word))
                next |= 1UL << (step + 1);
        }

        return next;
    }

    private ulong Skip(ulong open)
    {
        while ((open | ((open & optional) << 1)) is var further && further != open)
            open = further;
        return open;
    }

    private static bool Takes(int[]? step, ReadOnlySpan<int> word)
    {
        if (step is null)
            return true;
        foreach (var id in word)
        {
            if (step.Length < 8 ? step.AsSpan().Contains(id) : Array.BinarySearch(step, id) >= 0)
                return true;
        }

        return false;
    }
}
