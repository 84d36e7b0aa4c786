using System.ComponentModel.DataAnnotations;
using ChwFhir.Intake;

namespace ChwFhir.CareTeam;

/// <summary>Section <c>CareTeam</c>: by when messages are read, who is called when they are not, and how people hear of them.</summary>
public sealed class CareTeamOptions : IValidatableObject
{
    public const string Section = "CareTeam";

    public DueOptions Due { get; set; } = new();

    /// <summary>When the clocks of urgent and routine messages run: <c>Mon-Fri 08:00-17:00, Sat 09:00-12:00 America/Chicago</c>; always when not said. Stat always runs.</summary>
    public string? Hours { get; set; }

    /// <summary>What the API and the app say where nobody is told or it is after hours.</summary>
    public string? AfterHoursPhone { get; set; }

    /// <summary>The licensed people or roles to whom an unopened urgent message climbs, in order; the supervisor is copied on the way and is never one of them.</summary>
    public IList<OnCallOptions> OnCall { get; set; } = [];

    public NotifyOptions Notify { get; set; } = new();

    /// <summary>Mail addresses of recipients by the contract's word (<c>nurse</c>) or reference.</summary>
    public IDictionary<string, string> Mail { get; set; } = new Dictionary<string, string>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, due) in new[] { (nameof(Due.Stat), Due.Stat), (nameof(Due.Urgent), Due.Urgent), (nameof(Due.Routine), Due.Routine) })
        {
            if (due.Unreadable is { } text)
                yield return new ValidationResult($"CareTeam__Due__{name}: '{text}' is no duration; {DurationSetting.Allowed}.");
            else if (due.Value <= TimeSpan.Zero || due.Value > TimeSpan.FromDays(60))
                yield return new ValidationResult($"CareTeam__Due__{name}: more than nothing and at most 60 days.");
        }

        if (Hours is { Length: > 0 } && WorkingHours.Read(Hours) is null)
            yield return new ValidationResult("CareTeam__Hours: days, hours and time zone, as 'Mon-Fri 08:00-17:00, Sat 09:00-12:00 America/Chicago'.");
        foreach (var fault in OnCall.SelectMany(Faults).Concat(Notify.Faults()))
            yield return fault;
        foreach (var who in Mail.Where(mail => !IsRecipient(mail.Key) || !MailAddresses.IsOne(mail.Value)).Select(mail => mail.Key))
            yield return new ValidationResult($"CareTeam__Mail__{(NoteRecipients.Words.Contains(who) ? who : "…")}: one mail address for each of {string.Join(", ", NoteRecipients.Words)}, or for a reference as Practitioner/1.");
    }

    private static IEnumerable<ValidationResult> Faults(OnCallOptions person)
    {
        if (!OnCallOptions.Licensed.Contains(person.Who) && !FhirReference.TryParse(person.Who, out _))
            yield return new ValidationResult($"CareTeam__OnCall: licensed people only: one of {string.Join(", ", OnCallOptions.Licensed)}, or a reference as Practitioner/1. The supervisor is copied and is never an end of the ladder.");
        if (person.Mail is { } mail && !MailAddresses.IsOne(mail))
            yield return new ValidationResult("CareTeam__OnCall__n__Mail: one mail address.");
    }

    private static bool IsRecipient(string who) => NoteRecipients.Words.Contains(who) || FhirReference.TryParse(who, out _);
}
