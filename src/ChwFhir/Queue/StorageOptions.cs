using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace ChwFhir.Queue;

/// <summary>Section <c>Storage</c>: where accepted notes and the write ledger live.</summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    private const string Example = "as Host=db.example;Database=chwfhir;Username=chwfhir;Password=…";

    /// <summary><c>sqlite</c>: files that one process owns; <c>postgres</c>: a database that several instances share.</summary>
    [AllowedValues(Sqlite, Postgres, ErrorMessage = "Storage__Provider: allowed: sqlite, postgres.")]
    public string Provider { get; set; } = Sqlite;

    /// <summary>A folder that one process owns; relative paths start in the working folder. For <c>sqlite</c>.</summary>
    [Required(ErrorMessage = "Storage__Directory: a folder is needed.")]
    public string Directory { get; set; } = "App_Data";

    /// <summary>For <c>postgres</c>. Holds a password: never printed, whole or in part.</summary>
    public string? ConnectionString { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Fault() is { } fault) yield return new ValidationResult($"Storage__ConnectionString: {fault}", [nameof(ConnectionString)]);
    }

    private string? Fault()
    {
        if (Provider is Sqlite) return string.IsNullOrEmpty(ConnectionString) ? null : "only with Storage__Provider=postgres; leave it out.";
        if (string.IsNullOrWhiteSpace(ConnectionString)) return $"needed with Storage__Provider=postgres, {Example}.";
        try
        {
            return new NpgsqlConnectionStringBuilder(ConnectionString).Host is null ? $"names no host; {Example}." : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return $"is no connection string of PostgreSQL; {Example}.";
        }
    }
}
