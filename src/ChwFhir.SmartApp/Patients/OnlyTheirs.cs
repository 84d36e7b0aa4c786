namespace ChwFhir.SmartApp.Patients;

/// <summary>Before every page of a patient: whether this session may see them; then the audit log, on disk before anything is shown.</summary>
internal sealed class OnlyTheirs(PatientDoor door, Auditing auditing) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await door.OpenAsync(http, (string)http.Request.RouteValues["patient"]!, http.RequestAborted) is { } no)
            return no;
        if (HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<AuditedAs>() is not { ByItself: true })
            await auditing.ReadAsync(http, http.Patient(), AuditedAs.Of(http), null, http.RequestAborted);
        return await next(context);
    }
}
