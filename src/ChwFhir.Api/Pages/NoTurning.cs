using System.Text;
using ChwFhir.Mapping;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ChwFhir.Api.Pages;

/// <summary>Words of a note turn the direction of nothing that a page says beside them.</summary>
internal sealed class NoTurning : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var (response, browser) = (context.HttpContext.Response, context.HttpContext.Response.Body);
        await using var page = new MemoryStream();
        response.Body = page;
        try
        {
            await next();
        }
        finally
        {
            response.Body = browser;
        }
        // What has no body yet gets one behind us: the problem that says why.
        if (page.Length == 0)
            return;
        var html = DirectionSigns.FreeHtml(Encoding.UTF8.GetString(page.GetBuffer(), 0, (int)page.Length));
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(html), context.HttpContext.RequestAborted);
    }
}
