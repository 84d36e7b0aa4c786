using System.ComponentModel.DataAnnotations;

namespace ChwFhir.Audit;

/// <summary>Section <c>Audit</c>: the log of who read and wrote what.</summary>
public sealed class AuditOptions : IValidatableObject
{
    public const string Section = "Audit";

    /// <summary>The name of this instance's chain, the same after every restart. Default: <c>main</c> with SQLite, the machine's name with PostgreSQL.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{1,64}$", ErrorMessage = "Audit__Instance: 1 to 64 of A-Za-z0-9._-")]
    public string? Instance { get; set; }

    /// <summary>Years that records are kept; what is older is cut off, and the chain says so. HIPAA asks for six.</summary>
    [Range(6, 100, ErrorMessage = "Audit__Keep: 6 to 100 years.")]
    public int Keep { get; set; } = 6;

    /// <summary>Whether records are also sent to the EHR as AuditEvent, where its capability statement takes them.</summary>
    public bool SendToEhr { get; set; } = true;

    /// <summary>How often it is looked for records to send.</summary>
    public DurationSetting SendEvery { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SendEvery.Unreadable is not null || SendEvery.Value < TimeSpan.FromSeconds(1) || SendEvery.Value > TimeSpan.FromDays(1))
            yield return new ValidationResult($"Audit__SendEvery: PT1S to P1D; {DurationSetting.Allowed}.", [nameof(SendEvery)]);
    }
}
