namespace ChwFhir.Intake.Screenings;

/// <summary>Words of a form compared by their letters and digits: forms differ in quotation marks, dashes and full stops.</summary>
internal static class PlainWords
{
    private const int Telling = 20;

    internal static bool Same(string one, string other)
    {
        var (at, to) = (0, 0);
        while (true)
        {
            at = Next(one, at);
            to = Next(other, to);
            if (at == one.Length || to == other.Length)
                return at == one.Length && to == other.Length;
            if (char.ToLowerInvariant(one[at++]) != char.ToLowerInvariant(other[to++]))
                return false;
        }
    }

    /// <summary>One begins with the other, and far enough to say the same: forms leave out the end of a question, or put the period that it asks about behind it.</summary>
    internal static bool Begin(string one, string other)
    {
        var (at, to, said) = (0, 0, 0);
        while (true)
        {
            at = Next(one, at);
            to = Next(other, to);
            if (at == one.Length && to == other.Length)
                return said > 0;
            if (at == one.Length || to == other.Length)
                return said >= Telling;
            if (char.ToLowerInvariant(one[at++]) != char.ToLowerInvariant(other[to++]))
                return false;
            said++;
        }
    }

    private static int Next(string text, int at)
    {
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
            at++;
        return at;
    }
}
