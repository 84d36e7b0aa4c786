namespace ChwFhir.Queue;

/// <summary>Stands in the line of writes for a note among the <see cref="WaitingReceipts"/>; writes nothing itself.</summary>
internal sealed class ReceiptsWait : WriteCommand
{
    public static readonly ReceiptsWait One = new();

    public override bool Run(Session session) => false;

    public override void RunAmongOthers(Session session) { }

    public override void Tell() { }

    public override void Fail(Exception error) { }
}
