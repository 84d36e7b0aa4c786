namespace ChwFhir.WriteBack;

/// <summary>How many patients are written at once: after trouble one, then twice as many each time one went well, up to the limit. An EHR that comes back is not run over.</summary>
internal sealed class SlowStart
{
    private readonly int most;
    private volatile int allowed;

    public SlowStart(int most) => this.most = allowed = most;

    public int Allowed => allowed;

    public void Again() => allowed = 1;

    public void Went() => allowed = Math.Min(most, allowed * 2);
}
