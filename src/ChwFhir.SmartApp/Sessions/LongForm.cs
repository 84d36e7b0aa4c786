using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>A route whose form is a whole visit: many fields, and more than a message.</summary>
internal sealed record LongForm
{
    public static readonly FormOptions Limits = new() { BufferBodyLengthLimit = 1024 * 1024, ValueLengthLimit = 512 * 1024, ValueCountLimit = 1024, KeyLengthLimit = 128 };
}
