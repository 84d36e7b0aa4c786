namespace ChwFhir.Queue.Sealing;

/// <summary>A clear value among a statement's parameters: it is sealed when the statement is sent, and in clear nowhere beyond that.</summary>
internal sealed class ToSeal(string what, Func<Vault, object> under)
{
    public object Under(Vault vault) => under(vault);

    /// <summary>Without the value: what is printed here ends in a log one day.</summary>
    public override string ToString() => $"a {what}";
}
