using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>A screening: the response as it was given, one Observation an answer, and a panel that holds them with the computed result.</summary>
internal static class ScreeningMapping
{
    internal static void Map(Draft draft)
    {
        MappedResource? sentResponse = null;
        foreach (var screening in draft.Note.Screenings)
        {
            var instrument = InstrumentForms.Of(screening.Instrument);
            var key = draft.TakeKey($"screening/{Words.Of(screening.Instrument)}");
            var held = draft.Holds.Of(screening);
            if (screening.Declined)
            {
                draft.Alias(key, Panel(draft, screening, instrument, $"{key}/panel", held, null, []));
                continue;
            }

            var inChart = screening.Answers.Count(answer => !draft.Holds.Item(answer.Item));
            var wholly = held || inChart == 0;
            // One form was sent, of however many instruments.
            var response = draft.Sent is { } sent ? sentResponse ??= SentResponse.Add(draft, sent, key, draft.Note.Screenings.All(one => IsWhollyHeld(draft, one))) : draft.Add(key, ScreeningResponse.Of(draft, screening, instrument, wholly), wholly);
            var answers = Answers(draft, screening, instrument, key, held, response);
            var results = Results(draft, screening, instrument, key, held, answers);
            var members = answers.Concat(results).Where(member => held || !draft.Holds.Item(member.Item)).Select(member => member.Mapped).ToList();
            if (members.Count > 0)
                Panel(draft, screening, instrument, $"{key}/panel", held, response, members);
        }
    }

    /// <summary>Nothing of it may be in the chart.</summary>
    internal static bool IsWhollyHeld(Draft draft, Screening screening) => draft.Holds.Of(screening) || screening.Answers.All(answer => draft.Holds.Item(answer.Item));

    private static List<Member> Answers(Draft draft, Screening screening, InstrumentForm form, string key, bool held, MappedResource response)
    {
        var members = new List<Member>();

        foreach (var answer in screening.Answers)
        {
            var item = form.Item(answer.Item);
            var values = ScreeningAnswers.Values(form, answer).ToList();
            if (values.Count == 0)
                Keep(answer.Item, null).DataAbsentReason = Concepts.DataAbsent("asked-declined");
            foreach (var value in values)
                Say(answer.Item, item, value);
        }

        return members;

        void Say(string linkId, FormItem? item, DataType value)
        {
            // A form that was added up wrongly: the answers count, and the note says what stood there.
            var computed = item?.Rule is null ? null : ScreeningResults.Of(form, item, screening);
            var observation = Keep(linkId, computed ?? value);
            if (computed is Quantity { Value: { } right } && value is Quantity { Value: { } given } && given != right)
                observation.Note.Add(Concepts.Note(FormattableString.Invariant($"Computed from the answers; the form says {given}.")));
            if (ScreeningResults.Interpretation(item, observation.Value) is { } interpretation)
                observation.Interpretation.Add(interpretation);
            if (Need(item, observation.Value) is { } need)
                draft.ScreenedNeeds.Add(new ScreenedNeed(form, need, members[^1].Mapped, members[^1].Held));
        }

        Observation Keep(string linkId, DataType? value)
        {
            var observation = Observation(draft, screening, form, ScreeningAnswers.Question(form, linkId), response);
            observation.Value = value;
            var keepOut = held || draft.Holds.Item(linkId);
            members.Add(new Member(linkId, draft.Add(draft.TakeKey($"{key}/{Folding.KeyPart(linkId)}"), observation, keepOut), keepOut));

            return observation;
        }
    }

    private static FormNeed? Need(FormItem? item, DataType? value) => value switch
    {
        CodeableConcept { Coding: [{ Code: { } code }, ..] } => item?.Option(code)?.Need,
        Quantity { Value: { } score } => item?.Band(score)?.Need,
        _ => null,
    };

    /// <summary>What the instrument computes from its answers, unless the note gives it; nothing while an answer is missing.</summary>
    private static List<Member> Results(Draft draft, Screening screening, InstrumentForm form, string key, bool held, List<Member> answers)
    {
        var members = new List<Member>();

        foreach (var result in form.Results)
        {
            if (screening.Answers.Any(answer => answer.Item == result.LinkId) || ScreeningResults.Of(form, result, screening) is not { } value)
                continue;

            var observation = Observation(draft, screening, form, ScreeningAnswers.Question(form, result.LinkId), null);
            observation.Value = value;
            if (ScreeningResults.Interpretation(result, value) is { } interpretation)
                observation.Interpretation.Add(interpretation);
            foreach (var answer in answers.Where(answer => result.Rule!.Of.Contains(answer.Item)))
                observation.DerivedFrom.Add(new ResourceReference(answer.Mapped.FullUrl));

            var keepOut = held || draft.Holds.Item(result.LinkId) || result.Rule!.Of.Any(draft.Holds.Item);
            var mapped = draft.Add(draft.TakeKey($"{key}/{result.LinkId}"), observation, keepOut);
            if (held || !keepOut)
                members.Add(new Member(result.LinkId, mapped, keepOut));
            if (Need(result, value) is { } need)
                draft.ScreenedNeeds.Add(new ScreenedNeed(form, need, mapped, keepOut));
        }

        return members;
    }

    private static MappedResource Panel(Draft draft, Screening screening, InstrumentForm instrument, string key, bool held, MappedResource? response, List<MappedResource> members)
    {
        var panel = Observation(draft, screening, instrument, PanelCode(instrument), response);
        panel.DataAbsentReason = screening.Declined ? Concepts.DataAbsent("asked-declined") : null;
        foreach (var member in members)
            panel.HasMember.Add(new ResourceReference(member.FullUrl));
        if (screening.AskedAlone is { } alone)
            panel.Note.Add(Concepts.Note(alone ? "Asked alone." : "Not asked alone."));

        return draft.Add(draft.TakeKey(key), panel, held);
    }

    private static CodeableConcept PanelCode(InstrumentForm form) => Concepts.Of(form.Panel.System, form.Panel.Code, form.Panel.Display, form.Title);

    private static Observation Observation(Draft draft, Screening screening, InstrumentForm instrument, CodeableConcept code, MappedResource? response)
    {
        var observation = new Observation
        {
            // US Core's response names its Questionnaire. What is derived from a form that names none can claim no more than the form does.
            Meta = draft.Sent is { Response: var form } && !SentResponse.IsUsCores(form) ? null : Concepts.Profile("us-core-observation-screening-assessment", OwnProfiles.Screening),
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

    private sealed record Member(string Item, MappedResource Mapped, bool Held);
}
