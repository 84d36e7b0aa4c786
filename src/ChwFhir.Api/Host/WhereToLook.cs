using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ChwFhir.Queue;

namespace ChwFhir.Api.Host;

/// <summary>What the console says once all is up.</summary>
internal static class WhereToLook
{
    public static void Say(WebApplication app, TextWriter output)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var here = addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).TrimEnd('/');
        var sandbox = app.Services.GetRequiredService<Neighbour>().Sandbox;
        var place = app.Services.GetRequiredService<NoteStore>().Place;

        output.WriteLine();
        output.WriteLine($"  ChwFhir runs      {string.Join("  ", addresses)}");
        output.WriteLine($"  First page        {here}/");
        output.WriteLine($"  API, to try       {here}/swagger");
        output.WriteLine(sandbox is null
            ? $"  EHR               {app.Configuration["Ehr:BaseUrl"]}"
            : $"  Sandbox EHR       {sandbox.BaseUrl}");
        output.WriteLine($"  Kept in           {place}");
        output.WriteLine("  Ctrl+C stops it; what was accepted is on disk.");
        output.WriteLine();
    }
}
