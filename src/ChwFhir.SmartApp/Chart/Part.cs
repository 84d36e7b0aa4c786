namespace ChwFhir.SmartApp.Chart;

/// <summary>A part of the chart, as far as it could be read. One that could not never keeps the others away.</summary>
/// <param name="Withheld">Something is there that is not for this reader; not what.</param>
public sealed record Part<T>(IReadOnlyList<T> Items, PartState State, bool Withheld = false)
{
    public Part<TOther> Select<TOther>(Func<T, TOther> of) => new([.. Items.Select(of)], State, Withheld);

    public Part<T> Where(Func<T, bool> wanted) => this with { Items = [.. Items.Where(wanted)] };
}
