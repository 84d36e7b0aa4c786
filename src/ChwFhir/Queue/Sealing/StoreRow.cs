using System.Data.Common;

namespace ChwFhir.Queue.Sealing;

/// <summary>A row of an answer. What is sealed is opened by those who say what it must be, and of which row; whatever else they take comes as it is stored.</summary>
internal sealed class StoreRow(DbDataReader reader, Vault? vault)
{
    public bool IsDBNull(int column) => reader.IsDBNull(column);

    public string GetString(int column) => reader.GetString(column);

    public long GetInt64(int column) => reader.GetInt64(column);

    public int GetInt32(int column) => reader.GetInt32(column);

    public bool GetBoolean(int column) => reader.GetBoolean(column);

    public object GetValue(int column) => reader.GetValue(column);

    public T GetFieldValue<T>(int column) => reader.GetFieldValue<T>(column);

    public string Open(string text, FoundSecret secret) => Vault.OpenText(secret, text);

    public string? OpenIfItOpens(string text, FoundSecret secret) => IfItOpens(() => Open(text, secret));

    public string GetString(int column, FoundSecret secret) => Vault.OpenText(secret, reader.GetString(column));

    public string GetString(int column, KeptSecret secret, RowName row) => Vault.OpenText(secret, reader.GetString(column), row);

    public byte[] GetBytes(int column, KeptSecret secret, RowName row) => Vault.Open(secret, reader.GetFieldValue<byte[]>(column), row);

    public string? Text(int column, FoundSecret secret) => reader.IsDBNull(column) ? null : GetString(column, secret);

    public string? Text(int column, KeptSecret secret, RowName row) => reader.IsDBNull(column) ? null : GetString(column, secret, row);

    public ReadOnlyMemory<byte>? Bytes(int column, KeptSecret secret, RowName row) => reader.IsDBNull(column) ? default(ReadOnlyMemory<byte>?) : GetBytes(column, secret, row);

    /// <summary>For work that must go on where a value was damaged: null then.</summary>
    public string? TextIfItOpens(int column, FoundSecret secret) => IfItOpens(() => Text(column, secret));

    public string? TextIfItOpens(int column, KeptSecret secret, RowName row) => IfItOpens(() => Text(column, secret, row));

    /// <summary>A row that holds nothing where a seal must be is as damaged as one of which it does not open.</summary>
    public void MustHold(int column, KeptSecret secret, RowName row)
    {
        if (reader.IsDBNull(column))
            throw Vault.Broken(secret, row);
        GetString(column, secret, row);
    }

    /// <summary>A row of which something does not open is said to be damaged, by our own number of it.</summary>
    public void Damaged(RowName row) => Vault.Broken(Secret.Whose, row);

    private static string? IfItOpens(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }

    private Vault Vault => vault ?? throw new InvalidOperationException("The store is not open yet.");
}
