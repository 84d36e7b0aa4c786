using System.ComponentModel.DataAnnotations;
using ChwFhir.Queue.Sealing;
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

    /// <summary>
    /// What the store is sealed with, one key a line, each 32 bytes in base64: the one in use, behind it former ones. All instances of one database have the
    /// same. Never printed. Null: a key beside the store, in <see cref="Directory"/>, for trying out.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>A key that the service made beside a store says so.</summary>
    public static bool IsForTryingOut(string key) => key.Contains(OwnKey.Mark, StringComparison.Ordinal);

    internal MasterKeys Masters => MasterKeys.Parse(Key is { Length: > 0 } ? Key : OwnKey.In(Directory))
        ?? throw new StorageInUseException($"Storage__Key: is no key of the store; allowed is {MasterKeys.Allowed}.");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Fault() is { } fault) yield return new ValidationResult($"Storage__ConnectionString: {fault}", [nameof(ConnectionString)]);
        if (Key is { Length: > 0 } && MasterKeys.Parse(Key) is null) yield return new ValidationResult($"Storage__Key: is no key of the store; allowed is {MasterKeys.Allowed}.", [nameof(Key)]);
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
