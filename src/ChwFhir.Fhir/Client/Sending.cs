namespace ChwFhir.Fhir.Client;

/// <summary>What one call has been through while its sends are repeated.</summary>
internal sealed class Sending(FhirRequest request)
{
    public FhirRequest Request { get; } = request;

    public int Sends { get; set; }

    /// <summary>Timestamp of the latest send's beginning.</summary>
    public long Began { get; set; }

    public FhirAnswer? Last { get; set; }

    /// <summary>The first answer of this call after which nobody could say whether the write was done.</summary>
    public FhirAnswer? Unclear { get; set; }

    /// <summary>A send without a clear answer is not made clear by a later one that never reached the server.</summary>
    public FhirAnswer Conclude(FhirAnswer last)
    {
        if (Unclear is null || Request.Kind == RequestKind.Read || ReferenceEquals(Unclear, last))
        {
            return last with { Sends = Sends };
        }

        return last is FhirAnswer.NotSent or FhirAnswer.Busy or FhirAnswer.CircuitOpen
            ? Unclear with { Sends = Sends }
            : last with { Sends = Sends, AfterUnclearSend = true };
    }
}
