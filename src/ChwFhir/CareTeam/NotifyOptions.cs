using System.ComponentModel.DataAnnotations;

namespace ChwFhir.CareTeam;

/// <summary>How people outside hear that there is a message: never what it says or of whom.</summary>
public sealed class NotifyOptions
{
    /// <summary>An address that takes a POST of JSON; https, or http on this machine.</summary>
    public string? Webhook { get; set; }

    /// <summary><c>smtp://user:password@host:587?from=chw@clinic.example</c>; with STARTTLS, which is needed unless the server is on this machine.</summary>
    public string? Smtp { get; set; }

    /// <summary>Timeout of one notification.</summary>
    public DurationSetting Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>First wait after one that was not taken; it doubles up to <see cref="LongestWait"/>.</summary>
    public DurationSetting FirstWait { get; set; } = TimeSpan.FromSeconds(2);

    public DurationSetting LongestWait { get; set; } = TimeSpan.FromMinutes(5);

    internal IEnumerable<ValidationResult> Faults()
    {
        if (Webhook is { Length: > 0 } && !(Uri.TryCreate(Webhook, UriKind.Absolute, out var hook) && (hook.Scheme == Uri.UriSchemeHttps || (hook.Scheme == Uri.UriSchemeHttp && hook.IsLoopback))))
            yield return new ValidationResult("CareTeam__Notify__Webhook: an https address (http only on this machine).");
        if (Smtp is { Length: > 0 } && SmtpServer.Read(Smtp) is null)
            yield return new ValidationResult("CareTeam__Notify__Smtp: as smtp://user:password@host:587?from=chw@clinic.example.");
        foreach (var (name, duration) in new[] { (nameof(Timeout), Timeout), (nameof(FirstWait), FirstWait), (nameof(LongestWait), LongestWait) })
        {
            if (duration.Unreadable is not null || duration.Value <= TimeSpan.Zero || duration.Value > TimeSpan.FromHours(1))
                yield return new ValidationResult($"CareTeam__Notify__{name}: a duration, more than nothing and at most an hour; {DurationSetting.Allowed}.");
        }
    }
}
