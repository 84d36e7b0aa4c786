using ChwFhir.Access;
using ChwFhir.Api.Identity;
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

    /// <summary>Why a suggestion could not be decided, in one word of our own.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Not { get; set; }

    /// <summary>Suggestions on which nobody has decided.</summary>
    public IReadOnlyList<NoteSuggestion> Open => Status.State == "retracted" ? [] : [.. Status.Suggestions.Where(one => one.State == "proposed")];

    public string? NotDone => Not switch
    {
        "decided" => "Somebody has decided on it already.",
        "gone" => "It is not suggested any more. Look at the note as it is now.",
        "changing" => "The note is being changed at this moment. Look at it and decide then.",
        "busy" => "We have much to do at this moment. Try again in a little while.",
        "impossible" => "It cannot become part of the note as it is. Change the note instead.",
        _ => null,
    };

    public bool UnderWay => Status.State is "queued" or "writing";

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await journey.FindAsync(HttpContext.Caller(), id, NoteRights.Status, cancellationToken) is not { Status: var status })
            return NotFound();

        Status = status;
        Now = clock.GetLocalNow();
        return Page();
    }

    public async Task<IActionResult> OnPostRetryAsync(string id, CancellationToken cancellationToken) =>
        await journey.FindAsync(HttpContext.Caller(), id, NoteRights.Decide, cancellationToken) is null || await journey.RetryAsync(id, cancellationToken) is null ? NotFound() : RedirectToPage(new { id });

    public async Task<IActionResult> OnPostAcceptAsync(string id, int number, CancellationToken cancellationToken) =>
        await journey.FindAsync(HttpContext.Caller(), id, NoteRights.Change, cancellationToken) is null ? NotFound() : Decided(id, await journey.AcceptSuggestionAsync(id, number, Who.Calls(User), cancellationToken));

    public async Task<IActionResult> OnPostRefuseAsync(string id, int number, CancellationToken cancellationToken) =>
        await journey.FindAsync(HttpContext.Caller(), id, NoteRights.Change, cancellationToken) is null ? NotFound() : Decided(id, await journey.RefuseSuggestionAsync(id, number, Who.Calls(User), cancellationToken));

    private IActionResult Decided(string id, SuggestionTaking taking) => taking switch
    {
        SuggestionTaking.NoSuchNote => NotFound(),
        SuggestionTaking.Kept => RedirectToPage(new { id }),
        SuggestionTaking.NoSuchSuggestion => RedirectToPage(new { id, not = "gone" }),
        SuggestionTaking.BeingChanged => RedirectToPage(new { id, not = "changing" }),
        SuggestionTaking.Busy => RedirectToPage(new { id, not = "busy" }),
        SuggestionTaking.Invalid or SuggestionTaking.TooLarge => RedirectToPage(new { id, not = "impossible" }),
        _ => RedirectToPage(new { id, not = "decided" }),
    };

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
