using System.ComponentModel.DataAnnotations;

namespace ChwFhir.Planning;

/// <summary>Section <c>Planning</c>.</summary>
public sealed record PlanningOptions
{
    public const string Section = "Planning";

    /// <summary><c>signed</c> files the note as final, <c>draft</c> as preliminary, for a clinician to sign.</summary>
    [AllowedValues("signed", "draft", ErrorMessage = "Planning__File: allowed: signed, draft.")]
    public string File { get; set; } = "signed";
}
