using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ChwFhir.Api.Mllp;

/// <summary>Settings under <c>Mllp</c>: a listener for engines that send HL7 v2 over a plain connection. It is off until a port is set.</summary>
internal sealed record MllpOptions : IValidatableObject
{
    public const string Section = "Mllp";

    /// <summary>The port; none: no listener. 0 takes any free one (for tests).</summary>
    [Range(0, 65535, ErrorMessage = "Mllp:Port: 0 to 65535; leave it out for no listener.")]
    public int? Port { get; set; }

    /// <summary>The address to listen on. The protocol knows neither passwords nor encryption: another than this machine's own belongs behind a tunnel.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Connections at one time; who comes after them is turned away. 1 to 1000.</summary>
    [Range(1, 1000, ErrorMessage = "Mllp:MaxConnections: 1 to 1000.")]
    public int MaxConnections { get; set; } = 32;

    /// <summary>How long a connection may be silent before its first message, so that those who only connect do not hold the places of others.</summary>
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be silent between messages.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a message may take from its first byte to its last.</summary>
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return new ValidationResult("Mllp:Address: an IP address of this machine, 127.0.0.1 for callers from it alone, 0.0.0.0 for all.", [nameof(Address)]);
        if (IdleTimeout < TimeSpan.FromSeconds(1) || IdleTimeout > TimeSpan.FromDays(1))
            yield return new ValidationResult("Mllp:IdleTimeout: 00:00:01 to 1.00:00:00.", [nameof(IdleTimeout)]);
        if (FirstByteTimeout < TimeSpan.FromMilliseconds(100) || FirstByteTimeout > TimeSpan.FromDays(1))
            yield return new ValidationResult("Mllp:FirstByteTimeout: 00:00:00.1 to 1.00:00:00.", [nameof(FirstByteTimeout)]);
        if (MessageTimeout < TimeSpan.FromMilliseconds(100) || MessageTimeout > TimeSpan.FromMinutes(10))
            yield return new ValidationResult("Mllp:MessageTimeout: 00:00:00.1 to 00:10:00.", [nameof(MessageTimeout)]);
    }
}
