using System.Text;
using System.Text.Json;
using ChwFhir.Api.Identity;
using ChwFhir.Api.VisitNotes;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ChwFhir.Api.Pages;

/// <summary>The first page a person sees: what runs, who lives in the sandbox, and a note to send.</summary>
[AllowAnonymous]
[RequestFormLimits(ValueLengthLimit = (int)Host.Listening.LargestBody)]
public sealed class IndexModel : SandboxPage
{
    private const int Recent = 8;

    protected override bool ShownWithoutSandbox => HttpMethods.IsGet(Request.Method);

    /// <summary>The text in the box: a sample, or what was sent and did not pass.</summary>
    [BindProperty]
    public string? Note { get; set; }

    public string? Chosen { get; private set; }
    public string? Ehr { get; private set; }
    public DateOnly Today { get; private set; }
    public DateTimeOffset Now { get; private set; }
    public string? Trouble { get; private set; }
    public IReadOnlyList<NoteFault> Faults { get; private set; } = [];
    public PreviewResult.Previewed? Seen { get; private set; }
    public IReadOnlyList<NoteStatus> Notes { get; private set; } = [];
    internal IReadOnlyList<SampleNote> Samples { get; private set; } = [];

    /// <summary>Who hands nothing in by the API hands nothing in by a page.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        if (context.Result is null && HttpMethods.IsPost(Request.Method) && !May.HandIn.Any(HttpContext.Caller().Is))
            context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    public async Task OnGetAsync(string? sample, CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken);
        var chosen = Samples.FirstOrDefault(one => one.Name == sample) ?? Samples.FirstOrDefault();
        Chosen = chosen?.Name;
        Note = chosen?.Json;
    }

    public async Task<IActionResult> OnPostSendAsync(CancellationToken cancellationToken)
    {
        var journey = HttpContext.RequestServices.GetRequiredService<VisitNoteJourney>();
        switch (await journey.ReceiveAsync(HttpContext.Caller(), InputKind.VisitNote, Body(), SentAs.Json, cancellationToken))
        {
            case Receipt.Accepted(var status):
                return RedirectToPage("/Note", new { id = status.Id });
            case Receipt.AlreadyHere(var status):
                return RedirectToPage("/Note", new { id = status.Id, again = true });
            case Receipt.Conflict:
                return await AgainAsync("A note with this id was sent before, with other content. Give this one another id to send it as a new note.", [new NoteFault("/id", "other-content", "is the id of another note")], cancellationToken);
            case Receipt.Unreadable(var fault):
                return await AgainAsync("This cannot be read. Nothing was sent.", [fault], cancellationToken);
            case Receipt.Invalid(var faults):
                return await AgainAsync(Wrong(faults), faults, cancellationToken);
            case Receipt.TooLarge(var limit):
                return await AgainAsync($"This is too large: at most {limit / 1024} KiB are taken. Nothing was sent.", [], cancellationToken);
            default:
                return await AgainAsync("The store cannot take it now. Nothing was kept; send it again in a moment.", [], cancellationToken);
        }
    }

    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken)
    {
        var journey = HttpContext.RequestServices.GetRequiredService<VisitNoteJourney>();
        switch (await journey.PreviewAsync(HttpContext.Caller(), InputKind.VisitNote, Body(), SentAs.Json, cancellationToken))
        {
            case PreviewResult.Previewed seen:
                Seen = seen;
                await FillAsync(cancellationToken);
                return Page();
            case PreviewResult.Unreadable(var fault):
                return await AgainAsync("This cannot be read.", [fault], cancellationToken);
            case PreviewResult.Invalid(var faults):
                return await AgainAsync(Wrong(faults), faults, cancellationToken);
            default:
                return await AgainAsync("This is too large.", [], cancellationToken);
        }
    }

    /// <summary>The bundle of the preview, indented.</summary>
    public string Indented()
    {
        using var json = JsonDocument.Parse(Seen!.Bundle);
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            json.WriteTo(writer);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private byte[] Body() => Encoding.UTF8.GetBytes(Note ?? "");

    private async Task<PageResult> AgainAsync(string trouble, IReadOnlyList<NoteFault> faults, CancellationToken cancellationToken)
    {
        Trouble = trouble;
        Faults = faults;
        await FillAsync(cancellationToken);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var services = HttpContext.RequestServices;
        Now = services.GetRequiredService<TimeProvider>().GetLocalNow();
        Today = DateOnly.FromDateTime(Now.DateTime);
        Ehr = User.Identity?.IsAuthenticated == true ? services.GetRequiredService<IConfiguration>()["Ehr:BaseUrl"] : null;
        if (SandboxBase is null)
            return;
        Samples = services.GetRequiredService<SampleNotes>().All;
        Notes = (await services.GetRequiredService<VisitNoteJourney>().ListAsync(HttpContext.Caller(), new NoteQuery { Limit = Recent }, cancellationToken))?.Items ?? [];
    }

    private static string Wrong(IReadOnlyList<NoteFault> faults) =>
        faults.Count == 1 ? "One thing in this note is wrong. Nothing was sent." : $"{faults.Count} things in this note are wrong. Nothing was sent.";
}
