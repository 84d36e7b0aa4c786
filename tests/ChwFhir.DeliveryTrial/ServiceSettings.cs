using System.Globalization;
using ChwFhir.DeliveryTrial.Faults;

namespace ChwFhir.DeliveryTrial;

/// <summary>The service's timeouts and waits, each its default divided by the one factor, so that a trial takes minutes and keeps every proportion.</summary>
internal sealed class ServiceSettings(int factor)
{
    public TimeSpan RequestTimeout { get; } = TimeSpan.FromSeconds(10) / factor;

    public IEnumerable<(string Name, string Value)> For(Uri ehr) =>
    [
        ("Ehr__BaseUrl", ehr.AbsoluteUri),
        ("Ehr__Auth__Mode", "bearer"),
        ("Ehr__Auth__Token", FaultingProxy.Token),
        ("Ehr__RequestTimeout", Text(RequestTimeout)),
        ("Ehr__FirstPause", Text(TimeSpan.FromSeconds(1) / factor)),
        ("Ehr__LongestPause", Text(TimeSpan.FromSeconds(30) / factor)),
        ("WriteBack__SettleAfter", Text(TimeSpan.FromSeconds(30) / factor)),
        ("WriteBack__FirstWait", Text(TimeSpan.FromSeconds(2) / factor)),
        ("WriteBack__LongestWait", Text(TimeSpan.FromMinutes(10) / factor)),
    ];

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);
}
