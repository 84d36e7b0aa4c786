using System.Globalization;
using ChwFhir.Queue;
using Microsoft.Extensions.Configuration;

namespace ChwFhir.CareTeam;

/// <summary>All that a notification says: that there is a message, and where to read it.</summary>
internal sealed class NotificationText(IConfiguration configuration)
{
    public const string Words = "You have a message about a patient";

    private readonly string publicUrl = (configuration["PublicUrl"] is { Length: > 0 } url ? url : "http://localhost:5080").TrimEnd('/');

    /// <summary>By our own number, which says nothing of anybody.</summary>
    public string Link(DueNotification due) => $"{publicUrl}/app/messages/{due.Message.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The same at every try: a receiver that has it can leave a repeat alone.</summary>
    public static string Id(DueNotification due) => $"chwfhir-notification-{due.Id.ToString(CultureInfo.InvariantCulture)}";
}
