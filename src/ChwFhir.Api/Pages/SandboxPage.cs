using ChwFhir.Api.Host;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ChwFhir.Api.Pages;

/// <summary>A page that shows notes and patients: only of the sandbox, and only to a caller from this machine.</summary>
public abstract class SandboxPage : PageModel
{
    /// <summary>FHIR base of the sandbox, without a slash at its end; null when another EHR is used.</summary>
    public string? SandboxBase { get; private set; }

    /// <summary>What may be shown also without a sandbox.</summary>
    protected virtual bool ShownWithoutSandbox => false;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var sandbox = HttpContext.RequestServices.GetRequiredService<Neighbour>().Sandbox;
        if (User.Identity?.IsAuthenticated == true)
            SandboxBase = sandbox?.BaseUrl.AbsoluteUri.TrimEnd('/');
        if (SandboxBase is null && !ShownWithoutSandbox)
            context.Result = NotFound();
        if (SandboxBase is not null)
            ViewData["Sandbox"] = new Uri(sandbox!.BaseUrl, "/patients").AbsoluteUri;
    }
}
