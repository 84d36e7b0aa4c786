using System.ComponentModel.DataAnnotations;

namespace ChwFhir.Queue;

/// <summary>Section <c>Storage</c>: where accepted notes and the write ledger live.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    [AllowedValues("sqlite", ErrorMessage = "Storage__Provider: allowed: sqlite.")]
    public string Provider { get; set; } = "sqlite";

    /// <summary>A folder that one process owns; relative paths start in the working folder.</summary>
    [Required(ErrorMessage = "Storage__Directory: a folder is needed.")]
    public string Directory { get; set; } = "App_Data";
}
