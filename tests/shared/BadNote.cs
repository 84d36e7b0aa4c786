namespace ChwFhir.Testing;

/// <summary>A note that must be refused: what is sent, the status it gets, and every fault that is named, in order of pointer.</summary>
internal sealed record BadNote(string Name, int Status, Func<byte[]> Body, params (string Pointer, string Code)[] Faults)
{
    public override string ToString() => Name;
}
