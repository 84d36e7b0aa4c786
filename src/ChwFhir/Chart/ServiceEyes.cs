using ChwFhir.Access;
using ChwFhir.Ehr;

namespace ChwFhir.Chart;

/// <summary>The chart by the service's own sign-in at the EHR, for callers who have none there: never more than the caller may see, which is asked before, and what is restricted stays withheld.</summary>
public sealed class ServiceEyes(EhrConnection ehr, IHttpMessageHandlerFactory handlers)
{
    // Made once, as the connection's own is.
    private readonly Lazy<HttpMessageHandler> handler = new(() => handlers.CreateHandler(EhrRegistration.HttpClientName));

    /// <param name="key">Whose it is, where one person may be here twice (a session); else the caller's subject.</param>
    public ChartEyes Of(Caller caller, string? key = null) => new($"service {key ?? caller.Subject} {string.Join(',', caller.Roles.Order())}{(caller.IsInEmergency ? " emergency" : "")}", caller, ehr.Client.BaseUrl, handler.Value)
    {
        AlwaysWithholds = true,
        Rests = () => ehr.Endpoint.ReadsPausedUntil is not null,
    };
}
