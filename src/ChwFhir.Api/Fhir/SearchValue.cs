using System.Text;

namespace ChwFhir.Api.Fhir;

/// <summary>One of the values of a parameter, with nothing escaped in it any more.</summary>
/// <param name="System">Of a token what stands before the bar; null where there is no bar.</param>
/// <param name="Code">Of a token what stands behind it, or all of it.</param>
internal sealed record SearchValue(string Whole, string? System, string Code)
{
    /// <summary>A comma parts alternatives and a bar the system from the code; with \ before them they are a comma and a bar (R4, 3.1.1.4.0.1).</summary>
    public static IReadOnlyList<SearchValue> Read(string text)
    {
        var (values, whole, bar) = (new List<SearchValue>(), new StringBuilder(), -1);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == ',')
            {
                values.Add(Of(whole.ToString(), bar));
                whole.Clear();
                bar = -1;
                continue;
            }
            if (text[at] == '|' && bar < 0)
                bar = whole.Length;
            whole.Append(text[at] == '\\' && at + 1 < text.Length ? text[++at] : text[at]);
        }
        values.Add(Of(whole.ToString(), bar));
        return values;
    }

    private static SearchValue Of(string whole, int bar) => bar < 0 ? new SearchValue(whole, null, whole) : new SearchValue(whole, whole[..bar], whole[(bar + 1)..]);
}
