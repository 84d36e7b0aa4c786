using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Printed;
using ChwFhir.Intake.Rules;
using ChwFhir.Intake.Shapes;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Screenings;

using Status = QuestionnaireResponse.QuestionnaireResponseStatus;

/// <summary>Reads completed screenings as FHIR QuestionnaireResponse, ours and those of others' forms: what was asked is understood by its codes, what is not understood is kept in words.</summary>
public static class QuestionnaireResponseReader
{
    /// <summary>Never throws for what the bytes say.</summary>
    public static ScreeningReading Read(SummaryCall call, IntakeOptions options)
    {
        if (call.Body.Length > options.MaxBytes)
            return new ScreeningReading.TooLarge(options.MaxBytes);

        if (TextBytes.ByName(TextBytes.CharsetOf(call.ContentType)) is null)
            return new ScreeningReading.Unreadable(TextBytes.UnknownCharset);

        return IsXml(call.ContentType) ? ReadXml(call, options) : ReadJson(call, call.Body, options, null);
    }

    internal static bool IsXml(string contentType) => contentType.Split(';')[0].Trim().EndsWith("xml", StringComparison.OrdinalIgnoreCase);

    // The same place in the words of the form that was sent, and the bytes as what tells two of them apart.
    private static ScreeningReading ReadXml(SummaryCall call, IntakeOptions options)
    {
        if (ResponseXml.ToJson(call.Body, call.ContentType, out var fault) is not { } json)
            return new ScreeningReading.Unreadable(fault!);

        return ReadJson(call, json, options, Convert.ToHexStringLower(SHA256.HashData(call.Body.Span))) switch
        {
            ScreeningReading.Invalid { Faults: var faults } => new ScreeningReading.Invalid([.. faults.Select(one => one with { Pointer = ResponseXml.XPath(one.Pointer) })]),
            ScreeningReading.Read read => read with { Issues = [.. read.Issues.Select(one => one with { Pointer = one.Pointer is { } pointer ? ResponseXml.XPath(pointer) : null })] },
            var other => other,
        };
    }

    private static ScreeningReading ReadJson(SummaryCall call, ReadOnlyMemory<byte> body, IntakeOptions options, string? hash)
    {
        using var json = StrictJson.Parse(body, out var fault);
        if (json is null)
            return new ScreeningReading.Unreadable(fault!);

        var read = FhirJson.Read<QuestionnaireResponse>(StrictJson.WithoutMark(body.Span));
        if (read.Resource is not { } response)
            return new ScreeningReading.Invalid([new NoteFault("/resourceType", "another-resource", "must be QuestionnaireResponse")]);

        List<NoteFault> faults = [];
        var headers = SummaryHeaders.Read(call, faults);
        var trail = new Trail();
        Shape(read.Issues, trail);
        hash ??= Hash(json.RootElement, trail);
        response = PlainForm.Of(response, StrictJson.WithoutMark(body.Span), json.RootElement, read.Issues, out var blanks);
        foreach (var blank in blanks)
            trail.Warn("blank", blank, "is white space alone; it is taken for nothing");
        var screening = Read(response, headers, options, hash, trail);
        // What was taken stays readable, whatever has been learned of the rules since.
        if (!options.IsKept)
        {
            Modifiers(response, trail);
            Specification(response, trail);
        }

        return screening is null || faults.Count + trail.Faults.Count > 0
            ? new ScreeningReading.Invalid([.. faults, .. trail.Faults])
            : new ScreeningReading.Read(screening, trail.Issues, hash);
    }

    // Members that nothing reads may hold what no canonical form has.
    private static string Hash(JsonElement json, Trail trail)
    {
        try
        {
            return CanonicalJson.Hash(CanonicalJson.Write(json));
        }
        catch (FormatException)
        {
            trail.FaultAt("", "out-of-range", "has a number that is too large");
            return "";
        }
    }

    private static CompletedScreening? Read(QuestionnaireResponse response, SummaryHeaders headers, IntakeOptions options, string hash, Trail trail)
    {
        var people = new ResponsePeople(response, headers, options, trail);
        var (patient, encounter) = (people.Patient(), people.Encounter());
        if (!options.IsKept)
            people.IsAnsweredByNobodyElse(patient);
        IsDone(response, trail);
        var when = When(response, trail);
        var entries = FormEntries.Of(response);
        var forms = InstrumentFinder.Find(response, entries);
        if (forms.Count == 0)
        {
            trail.FaultAt("/questionnaire", "unknown-instrument", $"is none of the instruments that are read here ({string.Join(", ", Words.All<Instrument>())}), nor can it be told by what was asked");
            return null;
        }

        var (screenings, items, others) = Answers(forms, entries, trail);
        var form = forms[0];
        if (patient is null || when is null)
            return null;

        var number = response.Identifier is { Value: { } own } ? new PersonIdentifier(response.Identifier.System ?? "", own) : null;
        return new CompletedScreening
        {
            Id = headers.IdOr(number, hash),
            Number = number,
            Patient = patient,
            Author = people.Author(),
            Encounter = encounter,
            Authored = response.Authored!,
            When = when.Value,
            Language = response.Language,
            Screening = Of(form, screenings[0], response, people),
            More = [.. forms.Zip(screenings).Skip(1).Select(one => Of(one.First, one.Second, response, people))],
            Others = others.Count == 0 ? [] : [new NoteSection { Title = "Other answers on the form", Text = string.Join("\n", others) }],
            IsOurForm = response.Questionnaire is { } canonical && FormEntries.WithoutVersion(canonical) == form.Url,
            Response = response,
            Items = items,
        };
    }

    private static Screening Of(InstrumentForm form, List<ScreeningAnswer> answers, QuestionnaireResponse response, ResponsePeople people) =>
        new() { Instrument = form.Instrument, Date = response.Authored, AnsweredBy = people.AnsweredBy(), Answers = answers };

    /// <returns>The answers to each of the forms.</returns>
    private static (List<List<ScreeningAnswer>> Answers, Dictionary<string, string> Items, List<string> Others) Answers(IReadOnlyList<InstrumentForm> forms, FormEntries entries, Trail trail)
    {
        var answers = forms.ToDictionary(form => form, _ => new List<PlacedAnswer>());
        Dictionary<string, string> items = new(StringComparer.Ordinal);
        List<string> others = [];
        var titles = string.Join(" and ", forms.Select(form => form.Title));
        foreach (var entry in entries.Answered)
        {
            if (forms.FirstOrDefault(one => InstrumentFinder.Item(one, entry) is not null) is not { } form)
            {
                others.Add(InWords(entry));
                trail.Inform("kept-in-text", entry.Pointer, $"is no item of {titles}; question and answer are kept in words");
                continue;
            }

            var item = InstrumentFinder.Item(form, entry)!;
            items.Add(entry.Pointer, item.LinkId);
            var answer = EntryAnswers.Of(item, entry);
            if (answer is { Declined: false, Number: null, Texts.Count: 0 })
                trail.FaultAt($"{entry.Pointer}/answer", "empty", "has an answer that says nothing");
            else if (answers[form].Exists(before => IsSame(before.Answer, answer)))
                trail.Inform("answered-twice", entry.Pointer, "is answered in the same way before; it counts once");
            else
                answers[form].Add(new PlacedAnswer(answer, entry.Pointer));
        }

        if (answers[forms[0]].Count == 0 && trail.IsClean("/item"))
            trail.FaultAt("/item", "required", $"has no answer to any item of {titles}");
        foreach (var form in forms)
            FormCheck.Check(form, answers[form], "/item", trail);
        return ([.. forms.Select(form => Merged(answers[form]))], items, others);
    }

    // The PHQ-2 before the PHQ-9 asks its two questions again.
    private static bool IsSame(ScreeningAnswer one, ScreeningAnswer other) =>
        one.Item == other.Item && one.Declined == other.Declined && one.Number == other.Number && one.Texts.SequenceEqual(other.Texts);

    // One item may stand in the response several times, once for each answer.
    private static List<ScreeningAnswer> Merged(List<PlacedAnswer> answers) =>
        [.. answers.Select(placed => placed.Answer).GroupBy(answer => answer.Item).Select(same => same.First() with { Texts = [.. same.SelectMany(answer => answer.Texts).Distinct()] })];

    private static string InWords(FormEntry entry)
    {
        var question = (entry.Item.Text ?? entry.Item.LinkId ?? "").Trim().TrimEnd(':');
        var answer = string.Join("; ", entry.Item.Answer.Select(answer => answer.Value).OfType<DataType>().Select(value => value is Coding { Display: { } display } ? display : EntryAnswers.Text(value)).Where(text => text.Length > 0));

        return $"- {question}{(question.EndsWith('?') ? "" : ":")} {(answer.Length > 0 ? answer : "(no words)")}";
    }

    private static void IsDone(QuestionnaireResponse response, Trail trail)
    {
        if (response.Status is Status.Stopped)
            trail.Warn("broken-off", "/status", "says that the screening was broken off; the answers that were given are taken");
        else if (response.Status is null)
            trail.FaultAt("/status", "required", "is required: completed, amended or stopped");
        else if (response.Status is not (Status.Completed or Status.Amended))
            trail.FaultAt("/status", "not-completed", "must be completed, amended or stopped: a response that is in progress or was entered in error is not filed");
    }

    private static DateTimeOffset? When(QuestionnaireResponse response, Trail trail)
    {
        if (response.Authored is not { Length: > 0 } authored)
        {
            trail.FaultAt("/authored", "required", "is required: when the screening was filled in");
            return null;
        }

        if (CalendarText.TryTime(authored, out var time))
            return time;
        if (CalendarText.IsPartialDate(authored))
            return Beginning(authored);

        trail.FaultAt("/authored", "bad-date", "must be a FHIR dateTime: a day, a month, a year, or a time with its offset");
        return null;
    }

    private static DateTimeOffset Beginning(string date) =>
        DateTimeOffset.Parse(date.Length switch { 4 => $"{date}-01-01", 7 => $"{date}-01", _ => date }, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    // It is sent on as it is: what no server could read is refused, what is plain all the same is remarked on.
    private static void Shape(IReadOnlyList<FhirJsonIssue> issues, Trail trail)
    {
        foreach (var issue in issues)
        {
            var pointer = Pointer(issue.Path);
            if (issue.Code is FhirJsonIssueCode.UnknownMember)
                trail.Warn("unknown-member", pointer, "is no member of FHIR R4 here; it stays with what was handed in, and the chart gets the form without it");
            else if (issue.Code is FhirJsonIssueCode.NotAList or FhirJsonIssueCode.EmptyList or FhirJsonIssueCode.NotAnInstant)
                trail.Warn("not-fhir", pointer, issue.Text);
            else
                trail.FaultAt(pointer, "not-fhir", issue.Text);
        }
    }

    // What may turn the meaning of the rest is not passed over by whoever does not know it.
    private static void Modifiers(QuestionnaireResponse response, Trail trail)
    {
        if (response.ImplicitRules is not null)
            trail.FaultAt("/implicitRules", "not-carried", "would change how all of it is to be understood, and is not known here");
        Modifiers(response.ModifierExtension, "", trail);
        Modifiers(response.Item, "", trail);
    }

    private static void Modifiers(List<QuestionnaireResponse.ItemComponent> items, string pointer, Trail trail)
    {
        for (var at = 0; at < items.Count; at++)
        {
            var place = FormattableString.Invariant($"{pointer}/item/{at}");
            Modifiers(items[at].ModifierExtension, place, trail);
            Modifiers(items[at].Item, place, trail);
            for (var number = 0; number < items[at].Answer.Count; number++)
            {
                var answer = FormattableString.Invariant($"{place}/answer/{number}");
                Modifiers(items[at].Answer[number].ModifierExtension, answer, trail);
                Modifiers(items[at].Answer[number].Item, answer, trail);
            }
        }
    }

    private static void Modifiers(List<Extension> extensions, string pointer, Trail trail)
    {
        if (extensions.Count > 0)
            trail.FaultAt($"{pointer}/modifierExtension", "not-carried", "would change how this is to be understood, and is not known here");
    }

    // What nothing above has told. It is sent on as it is, so what no server takes is refused here, where its sender can mend it.
    private static void Specification(QuestionnaireResponse response, Trail trail)
    {
        foreach (var (fault, isForgiven) in FhirAtTheDoor.Look(response).Where(one => trail.IsClean(one.Fault.Pointer) && !trail.Issues.Any(issue => issue.Pointer == one.Fault.Pointer && issue.Code is "not-fhir" or "unknown-member")).ToList())
        {
            if (isForgiven)
                trail.Warn("not-valid", fault.Pointer, fault.Detail);
            else
                trail.FaultAt(fault.Pointer, fault.Code, fault.Detail);
        }
    }

    private static string Pointer(string path)
    {
        var at = path.IndexOf('.', StringComparison.Ordinal);
        return at < 0 ? "" : $"/{path[(at + 1)..].Replace("].", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('[', '/').Replace('.', '/')}";
    }
}
