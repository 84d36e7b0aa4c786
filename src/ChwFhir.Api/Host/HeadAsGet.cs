namespace ChwFhir.Api.Host;

/// <summary>HEAD is answered wherever GET is; the server leaves the body out.</summary>
internal static class HeadAsGet
{
    private static readonly object Mark = new();

    /// <summary>Whether nobody gets to see the body.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(Mark);

    public static void UseHeadAsGet(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        var body = context.Response.Body;
        context.Request.Method = HttpMethods.Get;
        context.Items[Mark] = true;
        context.Response.Body = Stream.Null;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
            context.Response.Body = body;
        }
    });
}
