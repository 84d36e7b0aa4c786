using System.Collections.Concurrent;

namespace ChwFhir.DeliveryTrial.Faults;

/// <summary>What passed between the service and the EHR.</summary>
internal sealed class ProxyJournal
{
    private readonly ConcurrentDictionary<Fault, int> faults = new();
    private readonly ConcurrentDictionary<string, int> requests = new();

    /// <summary>Documents that were newly made, in the order in which the EHR's answers came.</summary>
    public ConcurrentQueue<DocumentWrite> Documents { get; } = new();

    public IReadOnlyDictionary<Fault, int> Faults => faults;

    /// <summary>How often the EHR was asked what, as <c>GET Patient 200</c>.</summary>
    public IReadOnlyDictionary<string, int> Requests => requests;

    public void Count(Fault fault)
    {
        if (fault != Fault.None)
            faults.AddOrUpdate(fault, 1, (_, count) => count + 1);
    }

    public void Count(string request) => requests.AddOrUpdate(request, 1, (_, count) => count + 1);
}
