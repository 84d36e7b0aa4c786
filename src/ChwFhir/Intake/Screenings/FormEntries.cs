using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.Screenings;

using Asked = Questionnaire.ItemComponent;
using Item = QuestionnaireResponse.ItemComponent;

/// <summary>
/// The items of a response, whatever form they came by: nested in groups or under answers, named by a linkId that is a code or ends in one (<c>/93042-0/71802-3</c>),
/// by their definition (<c>http://loinc.org/fhir/DataElement/71802-3</c>), or by the codes of a Questionnaire that is contained.
/// </summary>
internal sealed class FormEntries
{
    private readonly Dictionary<string, IReadOnlyList<string>> _codes = new(StringComparer.Ordinal);
    private readonly List<FormEntry> _answered = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private FormEntries() { }

    /// <summary>Items with answers, in the order of the response.</summary>
    internal IReadOnlyList<FormEntry> Answered => _answered;

    /// <summary>Everything that anything of it is named by, its groups and its Questionnaire too.</summary>
    internal IReadOnlySet<string> Names => _names;

    internal static FormEntries Of(QuestionnaireResponse response)
    {
        var entries = new FormEntries();
        if (response.Questionnaire is { } canonical)
            entries._names.Add(LastPart(WithoutVersion(canonical)));
        foreach (var questionnaire in response.Contained.OfType<Questionnaire>())
        {
            entries._names.UnionWith(questionnaire.Code.Select(coding => coding.Code).OfType<string>());
            entries._names.UnionWith(questionnaire.Identifier.Select(identifier => identifier.Value).OfType<string>());
            entries.Learn(questionnaire.Item);
        }

        entries.Walk(response.Item, "");
        return entries;
    }

    internal static string WithoutVersion(string canonical) => canonical.IndexOf('|', StringComparison.Ordinal) is var bar and >= 0 ? canonical[..bar] : canonical;

    private void Learn(List<Asked> items)
    {
        foreach (var item in items)
        {
            if (item.LinkId is { } linkId && item.Code.Count > 0)
                _codes.TryAdd(linkId, [.. item.Code.Select(coding => coding.Code).OfType<string>()]);
            Learn(item.Item);
        }
    }

    private void Walk(List<Item> items, string parent)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var (item, pointer) = (items[i], $"{parent}/item/{i}");
            var names = NamesOf(item);
            _names.UnionWith(names);
            if (item.Answer.Exists(answer => answer.Value is not null))
                _answered.Add(new FormEntry(pointer, item, names));

            Walk(item.Item, pointer);
            for (var a = 0; a < item.Answer.Count; a++)
                Walk(item.Answer[a].Item, $"{pointer}/answer/{a}");
        }
    }

    private List<string> NamesOf(Item item)
    {
        var names = new List<string>();
        if (item.LinkId is { } linkId)
        {
            if (_codes.TryGetValue(linkId, out var codes))
                names.AddRange(codes);
            names.Add(LastPart(linkId));
        }

        if (item.Definition is { } definition)
            names.Add(LastPart(definition));

        return names;
    }

    private static string LastPart(string path) => path[(path.LastIndexOfAny(['/', '#']) + 1)..];
}
