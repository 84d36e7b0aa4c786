using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// Periods and timings.
internal static partial class BaseRules
{
    private static readonly Member When = new(Timing.RepeatComponent.TheFacts, "when");
    private static readonly Member TimeOfDay = new(Timing.RepeatComponent.TheFacts, "timeOfDay");

    private static IEnumerable<Rule> OfTimes() =>
    [
        On<Period>("per-1", "the end is not before the start", it => it.Start is null || it.End is null || !IsAfter(it.Start, it.End)),
        On<Timing.RepeatComponent>("tim-1", "a duration needs its unit", it => it.Duration is null || it.DurationUnit is not null),
        On<Timing.RepeatComponent>("tim-2", "a period needs its unit", it => it.Period is null || it.PeriodUnit is not null),
        On<Timing.RepeatComponent>("tim-4", "a duration is not below zero", it => it.Duration is null or >= 0),
        On<Timing.RepeatComponent>("tim-5", "a period is not below zero", it => it.Period is null or >= 0),
        On<Timing.RepeatComponent>("tim-6", "periodMax needs period", it => it.PeriodMax is null || it.Period is not null),
        On<Timing.RepeatComponent>("tim-7", "durationMax needs duration", it => it.DurationMax is null || it.Duration is not null),
        On<Timing.RepeatComponent>("tim-8", "countMax needs count", it => it.CountMax is null || it.Count is not null),
        On<Timing.RepeatComponent>("tim-9", "an offset needs an event other than a meal as such", it => it.Offset is null || (When.IsIn(it) && !it.When.Any(when => when is Timing.EventTiming.C or Timing.EventTiming.CM or Timing.EventTiming.CD or Timing.EventTiming.CV))),
        On<Timing.RepeatComponent>("tim-10", "a time of day or an event, and not both", it => !TimeOfDay.IsIn(it) || !When.IsIn(it)),
    ];

    /// <summary>Whether one moment is certainly after the other; of two that are not precise enough to tell it is not.</summary>
    private static bool IsAfter(string one, string other) => IsOneShape(one, other)
        ? string.CompareOrdinal(one, other) > 0
        : PartialDate.TryParse(one, out var first) && PartialDate.TryParse(other, out var second) && first.Compare(second) == DateOrder.After;

    // Written alike, with one offset: then letters order as times do, and cost nothing.
    private static bool IsOneShape(string one, string other) =>
        one.Length == other.Length && (one.Length <= 10 || (one.Length is 20 or 25 && one.AsSpan(19).SequenceEqual(other.AsSpan(19))));
}
