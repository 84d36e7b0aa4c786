using System.ComponentModel.DataAnnotations;

namespace ChwFhir.Api.Host;

/// <summary>Section <c>Limits</c>: what one caller may ask of the service. A person is limited by their sign-in, whoever has none by their address.</summary>
public sealed class LimitsOptions : IValidatableObject
{
    public const string Section = "Limits";

    /// <summary>Requests of one person, in the long run.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Limits__RequestsPerSecond: 1 to 1000000.")]
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>Requests that one person may send at once after a rest.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Limits__Burst: 1 to 1000000.")]
    public int Burst { get; set; } = 600;

    /// <summary>The same for systems (role <c>integration</c>) and for calls from this machine in Development: an import of many documents is one caller.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Limits__SystemRequestsPerSecond: 1 to 1000000.")]
    public int SystemRequestsPerSecond { get; set; } = 5000;

    [Range(1, 1_000_000, ErrorMessage = "Limits__SystemBurst: 1 to 1000000.")]
    public int SystemBurst { get; set; } = 20_000;

    /// <summary>Bodies that arrive more slowly, after five seconds, are not waited for.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Limits__MinBodyBytesPerSecond: 1 to 1000000.")]
    public int MinBodyBytesPerSecond { get; set; } = 240;

    /// <summary>The longest that a call may take; imports and the audit's own long looks take as long as they take.</summary>
    public DurationSetting RequestTimeout { get; set; } = TimeSpan.FromMinutes(2);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RequestTimeout.Unreadable is not null || RequestTimeout.Value < TimeSpan.FromSeconds(1) || RequestTimeout.Value > TimeSpan.FromHours(1))
            yield return new ValidationResult($"Limits__RequestTimeout: PT1S to PT1H; {DurationSetting.Allowed}.", [nameof(RequestTimeout)]);
    }
}
