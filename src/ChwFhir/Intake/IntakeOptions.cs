using System.ComponentModel.DataAnnotations;

namespace ChwFhir.Intake;

/// <summary>Settings under <c>Intake</c>: how much is taken, and what a note must say before it may be written into a chart.</summary>
public sealed record IntakeOptions : IValidatableObject
{
    public const string Section = "Intake";

    /// <summary>Whether <c>patient.check</c> must be there, so that a wrong chart is noticed. Default: true in Production, false elsewhere.</summary>
    public bool RequirePatientCheck { get; set; }

    /// <summary>Most bytes of one note. Default 1 MiB; 1 KiB to 64 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 1024 * 1024;

    /// <summary>Most bytes of one note that has attachments. Default 10 MiB; 1 KiB to 64 MiB, not below <see cref="MaxBytes"/>.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBytesWithAttachments { get; set; } = 10 * 1024 * 1024;

    /// <summary>It was taken before, perhaps by an earlier version of the service: it is read as it was then.</summary>
    internal bool IsKept { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxBytesWithAttachments < MaxBytes)
            yield return new ValidationResult("Intake:MaxBytesWithAttachments must not be below Intake:MaxBytes.", [nameof(MaxBytesWithAttachments)]);
    }
}
