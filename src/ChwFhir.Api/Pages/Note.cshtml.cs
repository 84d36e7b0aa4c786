using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChwFhir.Api.Pages;

/// <summary>What became of one note, resource by resource.</summary>
[Authorize]
public sealed class NoteModel(VisitNoteJourney journey, TimeProvider clock) : SandboxPage
{
    public NoteStatus Status { get; private set; } = null!;
    public DateTimeOffset Now { get; private set; }

    /// <summary>It had been sent before.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Again { get; set; }

    public bool UnderWay => Status.State is "queued" or "writing";

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await journey.StatusAsync(id, cancellationToken) is not { } status)
            return NotFound();

        Status = status;
        Now = clock.GetLocalNow();
        return Page();
    }

    public async Task<IActionResult> OnPostRetryAsync(string id, CancellationToken cancellationToken) =>
        await journey.RetryAsync(id, cancellationToken) is null ? NotFound() : RedirectToPage(new { id });

    /// <summary>One sentence that says what is safe.</summary>
    public string Summary() => Status.State switch
    {
        "queued" when Status.NextAttemptAt is { } next => $"The note is saved here. We try again at {next.ToLocalTime():HH:mm:ss}.",
        "queued" => "The note is saved here. It is sent in a moment.",
        "writing" => "The note is saved here and is being written to the chart.",
        "written" when Status.ShownOnlyInApp > 0 => $"The note stands in the chart. {Status.ShownOnlyInApp} of its parts {(Status.ShownOnlyInApp == 1 ? "is" : "are")} kept here only.",
        "written" => "The note stands in the chart.",
        "needs-attention" => "The note is saved here. A person must look at it before it goes on; nothing is lost.",
        _ => "The note was taken back.",
    };
}
