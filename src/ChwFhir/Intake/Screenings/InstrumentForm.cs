using System.Collections.Frozen;

namespace ChwFhir.Intake.Screenings;

/// <summary>A screening instrument as its Questionnaire says it (<c>fhir-profiles/questionnaires</c>). Answers hang on instrument and item: the same LOINC question has other answers elsewhere.</summary>
/// <param name="Url">Canonical address of the Questionnaire.</param>
/// <param name="Sdoh">It asks about social needs.</param>
/// <param name="Codes">The panel's code first, then those of its parts.</param>
/// <param name="Items">Questions and computed results, in the order of the form.</param>
internal sealed record InstrumentForm(Instrument Instrument, string Url, string Title, bool Sdoh, IReadOnlyList<FormCode> Codes, IReadOnlyList<FormItem> Items)
{
    private readonly FrozenDictionary<string, FormItem> _items = Items.ToFrozenDictionary(item => item.LinkId, StringComparer.Ordinal);

    internal FormCode Panel => Codes[0];

    internal IReadOnlyList<FormItem> Results { get; } = [.. Items.Where(item => item.Rule is not null)];

    /// <summary>What has to be answered for the instrument to be scored.</summary>
    internal IReadOnlyList<FormItem> Required { get; } = [.. Items.Where(item => item.Required)];

    internal FormItem? Item(string linkId) => _items.GetValueOrDefault(linkId);
}
