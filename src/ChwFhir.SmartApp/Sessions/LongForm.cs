using ChwFhir.SmartApp.Speech;
using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>A route whose form is a whole visit: many fields, and more than a message.</summary>
/// <param name="Written">What somebody wrote into it, in words that they can copy, for when their session is over.</param>
internal sealed record LongForm(Func<IFormCollection, Wording, string?> Written)
{
    /// <summary>Well above what a visit may have (<c>Intake:MaxBytes</c>), as a browser writes it: every sign of another script takes six.</summary>
    public static readonly FormOptions Limits = new() { BufferBodyLengthLimit = 8 * 1024 * 1024, ValueLengthLimit = 1024 * 1024, ValueCountLimit = 8192, KeyLengthLimit = 128 };
}
