using System.Collections.Frozen;
using System.Reflection;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.Screenings;

/// <summary>The instruments, read once from the Questionnaires that are part of this build.</summary>
internal static class InstrumentForms
{
    private static readonly FrozenDictionary<Instrument, InstrumentForm> ByInstrument =
        Words.All<Instrument>().Select(Read).ToFrozenDictionary(form => form.Instrument);

    internal static IReadOnlyList<InstrumentForm> All { get; } = [.. Words.All<Instrument>().Select(word => Of(Words.TryParse<Instrument>(word, out var instrument) ? instrument : default))];

    internal static InstrumentForm Of(Instrument instrument) => ByInstrument[instrument];

    /// <summary>The Questionnaire as it stands in <c>fhir-profiles/questionnaires</c>.</summary>
    internal static byte[] Json(string word)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"questionnaires/{word}.json")
            ?? throw new InvalidOperationException($"The questionnaire {word} is not part of this build.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);

        return bytes.ToArray();
    }

    private static InstrumentForm Read(string word) =>
        Words.TryParse<Instrument>(word, out var instrument)
            ? FormReader.Read(instrument, FhirJson.Parse<Questionnaire>(Json(word)))
            : throw new InvalidOperationException($"{word} is no instrument.");
}
