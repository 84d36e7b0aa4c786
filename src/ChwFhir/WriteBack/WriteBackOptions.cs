using System.ComponentModel.DataAnnotations;

namespace ChwFhir.WriteBack;

/// <summary>Section <c>WriteBack</c>: how notes are brought to the EHR.</summary>
public sealed class WriteBackOptions : IValidatableObject
{
    public const string Section = "WriteBack";

    /// <summary>Wait before the second search that makes an absence sure: <c>00:00:30</c> or <c>PT30S</c>.</summary>
    public DurationSetting SettleAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After so many answers about a note a person looks at it; 1 to 100.</summary>
    [Range(1, 100, ErrorMessage = "WriteBack__MaxAttempts: allowed: 1 to 100.")]
    public int MaxAttempts { get; set; } = 8;

    /// <summary>Patients written at the same time; the notes of one are never. 1 to 64.</summary>
    [Range(1, 64, ErrorMessage = "WriteBack__Parallel: allowed: 1 to 64.")]
    public int Parallel { get; set; } = 4;

    /// <summary>First wait after an answer that holds a note back; it doubles up to <see cref="LongestWait"/>.</summary>
    public DurationSetting FirstWait { get; set; } = TimeSpan.FromSeconds(2);

    public DurationSetting LongestWait { get; set; } = TimeSpan.FromMinutes(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, duration) in new[] { (nameof(SettleAfter), SettleAfter), (nameof(FirstWait), FirstWait), (nameof(LongestWait), LongestWait) })
            if (duration.Unreadable is { } text)
                yield return new ValidationResult($"WriteBack__{name}: '{text}' is no duration; {DurationSetting.Allowed}.", [name]);
        if (SettleAfter.Unreadable is not null || FirstWait.Unreadable is not null || LongestWait.Unreadable is not null)
            yield break;

        if (SettleAfter.Value < TimeSpan.Zero || SettleAfter.Value > TimeSpan.FromHours(1))
            yield return new ValidationResult("WriteBack__SettleAfter: allowed: 00:00:00 to 01:00:00.", [nameof(SettleAfter)]);
        if (FirstWait.Value <= TimeSpan.Zero || LongestWait.Value < FirstWait.Value)
            yield return new ValidationResult("WriteBack__FirstWait: more than nothing, and not longer than WriteBack__LongestWait.", [nameof(FirstWait)]);
    }
}
