using System.ComponentModel.DataAnnotations;

namespace ChwFhir.Delivery;

/// <summary>Section <c>Storage</c>: how long what was only made to be sent is kept.</summary>
public sealed class RetentionOptions : IValidatableObject
{
    public const string Section = "Storage";

    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>How long the mapped Bundle and document of a wholly written note stay: <c>P90D</c> or <c>90.00:00:00</c>.</summary>
    public DurationSetting KeepTransport { get; set; } = TimeSpan.FromDays(90);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeepTransport.Unreadable is { } text)
            yield return new ValidationResult($"Storage__KeepTransport: '{text}' is no duration; {DurationSetting.Allowed}.", [nameof(KeepTransport)]);
        else if (KeepTransport.Value < Shortest || KeepTransport.Value > Longest)
            yield return new ValidationResult("Storage__KeepTransport: allowed: PT1H to P36500D.", [nameof(KeepTransport)]);
    }
}
