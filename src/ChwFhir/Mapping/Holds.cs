using System.Globalization;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>What must not reach the chart. Whatever points only at held parts is held with them: a referral for a held reason would say what it hides.</summary>
internal sealed class Holds
{
    private const string ConcernPart = "concern/";

    private readonly Draft _draft;
    private readonly HeldItemRules _rules;
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly HashSet<object> _released = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _releasedItems = new(StringComparer.Ordinal);
    private bool _narrativeReleased;

    internal Holds(Draft draft)
    {
        _draft = draft;
        _rules = draft.Options.HeldItems;
        IsYoung = IsYoungAt(draft.Resolved.BirthDate ?? draft.Note.Patient.Check?.BirthDate, draft.Note.Visit.Start, _rules);

        var parts = HeldParts.Find(draft.Note, this, _rules).ToList();
        Parts = [.. parts.Select(found => found.Part)];
        foreach (var (source, part) in parts)
        {
            if (part.MayBeReleased && draft.Resolved.Released.Any(one => one.Key == part.Key && one.Mark == part.Mark))
                Release(source, part);
        }
        Remember(draft.Note);
    }

    internal static Holds Of(VisitNote note, ResolvedNote resolved, MappingOptions options) => new Draft(note, "", resolved, options).Holds;

    /// <summary>What is held for what it says itself, whether or not it was released since.</summary>
    internal IReadOnlyList<HeldPart> Parts { get; }

    /// <summary>Words are held because the patient is under age: what was taken over from them is held with them.</summary>
    internal bool HasYoungWords => IsYoung && (Narrative || _draft.Note.Sections.Any(Of) || _draft.Note is { Narrative: null, Sections.Count: 0 });

    /// <summary>Too young for screenings and narrative to go where parents read them.</summary>
    internal bool IsYoung { get; }

    internal bool Narrative => (IsYoung || _draft.Note.NarrativeHold is not null) && !_narrativeReleased;

    internal bool Of(NoteSection section) => (IsYoung || section.Hold is not null) && !_released.Contains(section);

    internal bool Of(Concern concern) => !_released.Contains(concern) && (IsHeldHere(concern) || StaysHeld(concern));

    /// <summary>Why a concern is held for what is said of it; null where it is not, or where only the words that it was taken over from are.</summary>
    internal HeldWhy? Why(Concern concern) => concern switch
    {
        { About: ConcernAbout.Caregiver, OkInChart: false } => HeldWhy.OfCaregiver,
        { Hold.Why: HoldReason.Danger } => HeldWhy.Danger,
        { Hold.Why: HoldReason.PatientAsked } => HeldWhy.PatientAsked,
        { Hold: not null } => HeldWhy.ToldInConfidence,
        _ when HeldParts.IsViolence(concern.Domain, _rules) => HeldWhy.ByRule,
        _ when StaysHeld(concern) => HeldWhy.HeldBefore,
        _ => null,
    };

    /// <summary>Held by an earlier note and not by this one. A caregiver who agrees by now that it stands in the chart is the one who may say so.</summary>
    internal bool StaysHeld(Concern concern) => !IsHeldHere(concern) && concern.About != ConcernAbout.Caregiver
        && _draft.Resolved.HeldConcerns is { Count: > 0 } before && ConcernMapping.Key(concern) is var key && before.Any(held => held.Key == key && !held.Caregivers);

    /// <summary>Held by what the note itself says of it, or always.</summary>
    internal static bool Itself(Concern concern, HeldItemRules rules) =>
        concern.Hold is not null || rules.Domains.Contains(Words.Of(concern.Domain)) || concern is { About: ConcernAbout.Caregiver, OkInChart: false };

    private bool IsHeldHere(Concern concern) => Itself(concern, _rules) || FromHeldNarrative(concern.FromNarrative);

    // What was taken over from words that are held is held as they are.
    private bool FromHeldNarrative(TakenOver? taken) => taken is not null && HasYoungWords;

    internal bool Of(Screening screening) => (IsYoung || screening.Hold is not null) && !_released.Contains(screening);

    internal bool Item(string item) => _rules.Items.Contains(item) && !_releasedItems.Contains(item);

    internal bool Of(Symptom symptom) => (symptom.Hold is not null && !_released.Contains(symptom)) || FromHeldNarrative(symptom.FromNarrative);

    internal bool Of(NoteGoal goal) => FromHeldNarrative(goal.FromNarrative) || (goal.Addresses.Count > 0 && goal.Addresses.All(IsHeldConcern));

    internal bool Of(Referral referral) => referral.Reason is { } reason && IsHeldConcern(reason);

    /// <summary>One held part among those that a message is about is enough: its words may speak of it.</summary>
    internal bool Of(NoteMessage message) => IsHeldItself(message) || message.About.Any(IsHeldPart);

    /// <summary>It has a hold of its own that nobody has lifted.</summary>
    internal bool IsHeldItself(NoteMessage message) => message.Hold is not null && !_released.Contains(message);

    /// <summary>Whether a key names a held part of this note, or one that is always held.</summary>
    internal bool IsHeldPart(string key) =>
        _held.Contains(key) || IsHeldBefore(key) || (key.StartsWith(ConcernPart, StringComparison.Ordinal) && key[ConcernPart.Length..] is var domain && _rules.Domains.Contains(domain) && !IsOpenHere(domain)) || (key.StartsWith("screening/", StringComparison.Ordinal) && Item(key[(key.LastIndexOf('/') + 1)..]));

    /// <summary>Whether a key names violence: its domain or question, or a concern or screening that is of nothing else. What an earlier note holds may be; this one cannot tell.</summary>
    internal bool IsOfViolence(string key)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        if (!key.StartsWith(ConcernPart, StringComparison.Ordinal))
            return _rules.Items.Contains(name) || _draft.Note.Screenings.Any(screening => Words.Of(screening.Instrument) == name && screening.Answers.Count > 0 && screening.Answers.All(answer => _rules.Items.Contains(answer.Item)));
        var named = _draft.Note.Concerns.Where(concern => concern.Id == name || Words.Of(concern.Domain) == name).ToList();
        return _rules.Domains.Contains(name) || named.Any(concern => HeldParts.IsViolence(concern.Domain, _rules))
            || (named.Count == 0 && _draft.Resolved.HeldConcerns?.Any(held => held.Key == ConcernPart + Folding.KeyPart(name)) is true);
    }

    internal bool IsHeldConcern(string idOrDomain) => IsHeldPart($"{ConcernPart}{idOrDomain}");

    // Named here, told at an earlier visit. What this note itself says of a concern of that name goes before.
    private bool IsHeldBefore(string key) =>
        _draft.Resolved.HeldConcerns is { Count: > 0 } before && key.StartsWith(ConcernPart, StringComparison.Ordinal) && key[ConcernPart.Length..] is var name
        && before.Any(held => held.Key == ConcernPart + Folding.KeyPart(name))
        && !IsOpenHere(name);

    private bool IsOpenHere(string name) => _draft.Note.Concerns.Any(concern => (concern.Id == name || Words.Of(concern.Domain) == name) && !Of(concern));

    /// <summary>Not the whole care team, by whatever name.</summary>
    internal static bool IsNoWholeTeam(string recipient) => recipient != "care-team" && !recipient.Contains("CareTeam/", StringComparison.Ordinal);

    private void Release(object source, HeldPart part)
    {
        _ = source switch
        {
            string item when part.Key.StartsWith("answer/", StringComparison.Ordinal) => _releasedItems.Add(item),
            string => _narrativeReleased = true,
            _ => _released.Add(source),
        };
    }

    private void Remember(VisitNote note)
    {
        foreach (var concern in note.Concerns)
            Mark($"concern/{concern.Id}", concern.Id is not null, Of(concern));

        // A domain names held parts only when no open concern has it.
        foreach (var domain in note.Concerns.GroupBy(concern => concern.Domain))
            Mark($"concern/{Words.Of(domain.Key)}", true, domain.All(Of));

        foreach (var symptoms in note.Symptoms.GroupBy(symptom => symptom.Kind))
            Mark($"symptom/{Words.Of(symptoms.Key)}", true, symptoms.All(Of));

        foreach (var screenings in note.Screenings.GroupBy(screening => screening.Instrument))
            Mark($"screening/{Words.Of(screenings.Key)}", true, screenings.All(screening => Of(screening) || (screening.Answers.Count > 0 && screening.Answers.All(answer => Item(answer.Item)))));

        foreach (var goal in note.Goals)
            Mark($"goal/{goal.Id}", goal.Id is not null, Of(goal));

        foreach (var referral in note.Referrals)
            Mark($"referral/{referral.Id}", referral.Id is not null, Of(referral));
    }

    private void Mark(string key, bool named, bool held)
    {
        if (named && held)
            _held.Add(key);
    }

    /// <summary>A partial birth date is read as its latest day: in doubt, too young.</summary>
    internal static bool IsYoungAt(string? birthDate, DateTimeOffset visit, HeldItemRules rules) => rules.UnderAge > 0 && IsUnder(rules.UnderAge, birthDate, visit);

    private static bool IsUnder(int age, string? birthDate, DateTimeOffset visit)
    {
        if (birthDate is null || !int.TryParse(birthDate.AsSpan(0, Math.Min(4, birthDate.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1 or > 9900)
            return false;

        var month = birthDate.Length >= 7 && int.TryParse(birthDate.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m is >= 1 and <= 12 ? m : 12;
        var day = birthDate.Length >= 10 && int.TryParse(birthDate.AsSpan(8, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var d) ? d : 31;
        var birthday = new DateOnly(year, month, Math.Clamp(day, 1, DateTime.DaysInMonth(year, month))).AddYears(age);

        return DateOnly.FromDateTime(visit.DateTime) < birthday;
    }
}
