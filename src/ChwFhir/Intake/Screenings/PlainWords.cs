namespace ChwFhir.Intake.Screenings;

/// <summary>Words of a form compared by their letters and digits: forms differ in quotation marks, dashes and full stops.</summary>
internal static class PlainWords
{
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

    private static int Next(string text, int at)
    {
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
            at++;
        return at;
    }
}
