using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A screening: the response as it was given, one Observation an answer, and a panel that holds them with the computed result.</summary>
internal static class ScreeningMapping
{
    internal static void Map(Draft draft)
    {
        foreach (var screening in draft.Note.Screenings)
        {
            var instrument = CodeTables.Instruments[screening.Instrument];
            var key = draft.TakeKey($"screening/{Words.Of(screening.Instrument)}");
            var held = draft.Holds.Of(screening);
            if (screening.Declined)
            {
                draft.Alias(key, Panel(draft, screening, instrument, $"{key}/panel", held, null, []));
                continue;
            }

            var inChart = screening.Answers.Count(answer => !draft.Holds.Item(answer.Item));
            var response = draft.Add(key, ScreeningResponse.Of(draft, screening, instrument, wholly: held || inChart == 0), held || inChart == 0);
            var answers = Answers(draft, screening, instrument, key, held, response);
            var results = Results(draft, screening, instrument, key, held, answers);
            var members = answers.Concat(results).Where(member => held || !draft.Holds.Item(member.Item)).Select(member => member.Mapped).ToList();
            if (members.Count > 0)
                Panel(draft, screening, instrument, $"{key}/panel", held, response, members);
        }
    }

    private static List<Member> Answers(Draft draft, Screening screening, InstrumentCode instrument, string key, bool held, MappedResource response)
    {
        var members = new List<Member>();

        foreach (var answer in screening.Answers)
        {
            if (answer.Declined || (answer.Texts.Count == 0 && answer.Number is null))
                members.Add(Keep(null));
            else if (answer.Number is { } number)
                members.Add(Keep(instrument.Local || instrument.Item(answer.Item)?.Answers is { Length: > 0 } ? Concepts.Score(number) : new Quantity { Value = number }));
            else
                members.AddRange(answer.Texts.Select(text => Keep(ScreeningAnswers.Value(instrument, answer.Item, text))));

            Member Keep(DataType? value)
            {
                var observation = Observation(draft, screening, instrument, ScreeningAnswers.Question(instrument, answer.Item), response);
                observation.Value = value;
                observation.DataAbsentReason = value is null ? Concepts.DataAbsent("asked-declined") : null;

                return new Member(answer.Item, draft.Add(draft.TakeKey($"{key}/{Folding.KeyPart(answer.Item)}"), observation, held || draft.Holds.Item(answer.Item)));
            }
        }

        return members;
    }

    /// <summary>What the instrument computes from its answers, unless the note gives it; nothing while an answer is missing.</summary>
    private static List<Member> Results(Draft draft, Screening screening, InstrumentCode instrument, string key, bool held, List<Member> answers)
    {
        var members = new List<Member>();

        foreach (var result in instrument.Results ?? [])
        {
            if (screening.Answers.Any(answer => answer.Item == result.Code) || ScreeningResults.Of(instrument, result, screening) is not { } value)
                continue;

            var observation = Observation(draft, screening, instrument, Concepts.Of(result.Local ? Canonicals.Instruments : Systems.Loinc, result.Code, result.Text), null);
            observation.Value = value;
            foreach (var answer in answers.Where(answer => result.Of.Contains(answer.Item)))
                observation.DerivedFrom.Add(new ResourceReference(answer.Mapped.FullUrl));

            var keepOut = held || draft.Holds.Item(result.Code) || result.Of.Any(draft.Holds.Item);
            var mapped = draft.Add(draft.TakeKey($"{key}/{result.Code}"), observation, keepOut);
            if (held || !keepOut)
                members.Add(new Member(result.Code, mapped));
        }

        return members;
    }

    private static MappedResource Panel(Draft draft, Screening screening, InstrumentCode instrument, string key, bool held, MappedResource? response, List<MappedResource> members)
    {
        var panel = Observation(draft, screening, instrument, PanelCode(instrument), response);
        panel.DataAbsentReason = screening.Declined ? Concepts.DataAbsent("asked-declined") : null;
        foreach (var member in members)
            panel.HasMember.Add(new ResourceReference(member.FullUrl));
        if (screening.AskedAlone is { } alone)
            panel.Note.Add(Concepts.Note(alone ? "Asked alone." : "Not asked alone."));

        return draft.Add(draft.TakeKey(key), panel, held);
    }

    private static CodeableConcept PanelCode(InstrumentCode instrument) => instrument.Panel switch
    {
        { Code: null } => Concepts.Text(instrument.Title),
        { Local: true } panel => Concepts.Of(Canonicals.Instruments, panel.Code, panel.Display, instrument.Title),
        var panel => Concepts.Of(panel.System!, panel.Code, panel.Display, instrument.Title),
    };

    private static Observation Observation(Draft draft, Screening screening, InstrumentCode instrument, CodeableConcept code, MappedResource? response)
    {
        var observation = new Observation
        {
            Meta = Concepts.Profile("us-core-observation-screening-assessment"),
            Status = ObservationStatus.Final,
            Code = code,
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            Effective = FhirTime.Effective(screening.Date, draft.Started),
        };
        observation.Category.Add(Concepts.Of(Systems.ObservationCategory, "survey", "Survey"));
        if (instrument.Sdoh)
            observation.Category.Add(Concepts.Of(Systems.UsCoreCategory, "sdoh", "SDOH"));
        if (People.Reporter(draft, screening.AnsweredBy) is { } reporter)
            observation.Performer.Add(reporter);
        if (response is not null)
            observation.DerivedFrom.Add(new ResourceReference(response.FullUrl));

        return observation;
    }

    private sealed record Member(string Item, MappedResource Mapped);
}
