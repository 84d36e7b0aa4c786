namespace ChwFhir.Queue.Sealing;

/// <summary>Read in its own row and nowhere else: in another one it does not open. It is sealed to other bytes each time.</summary>
internal sealed class KeptSecret(string name) : Secret(name)
{
    /// <summary>A value on its way into a column.</summary>
    public ToSeal? Of(string? text, RowName row) => text is null ? null : new ToSeal(Name, vault => vault.Seal(this, text, row));

    public ToSeal? Of(ReadOnlyMemory<byte>? bytes, RowName row) => bytes is { } present ? new ToSeal(Name, vault => vault.Seal(this, present.Span, row)) : null;

    /// <summary>A column of many rows.</summary>
    public ToSeal Each<T>(List<T> rows, Func<T, string?> text, Func<T, RowName> row) =>
        new(Name, vault => rows.ConvertAll(one => text(one) is { } present ? vault.Seal(this, present, row(one)) : null).ToArray());

    public ToSeal Each<T>(List<T> rows, Func<T, ReadOnlyMemory<byte>> bytes, Func<T, RowName> row) =>
        new(Name, vault => rows.ConvertAll(one => vault.Seal(this, bytes(one).Span, row(one))).ToArray());
}
