using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>What is done with one resource of a note, and why, in plain words.</summary>
public sealed record PlanStep(string Key, string Type, PlanVerb Will, string Why)
{
    /// <summary>The identifier that the service gave it, <c>system|value</c>; null for an encounter that is the EHR's own.</summary>
    public string? Identity { get; init; }

    /// <summary>What other resources of the note call it.</summary>
    public string? FullUrl { get; init; }

    /// <summary>What is sent, its references still <c>urn:uuid</c> where the target has no place yet; null when nothing is.</summary>
    public Resource? Resource { get; init; }

    /// <summary>As the EHR has it, where it is updated: what is wrong with that is not ours to answer for.</summary>
    public Resource? InEhr { get; init; }

    /// <summary>Where it stands in the EHR already.</summary>
    public string? Reference { get; init; }

    public string? Version { get; init; }

    /// <summary>Query of a conditional create; null where the server does not honour one.</summary>
    public string? IfNoneExist { get; init; }

    /// <summary>In which form it goes out, where that is not as mapped: "as plain text alone".</summary>
    public string? SentAs { get; init; }

    /// <summary>The EHR takes it and keeps it from the chart until a clinician reconciles it.</summary>
    public bool HeldByEhr { get; init; }

    /// <summary>The ledger has it: nothing is sent any more.</summary>
    public bool Done { get; init; }

    /// <summary>What is remembered of a long-lived resource when this note is written.</summary>
    public Said? Said { get; init; }

    /// <summary>An earlier edition of the note wrote it: whatever is done with it now, it stands in the EHR.</summary>
    public bool Amends { get; init; }

    /// <summary>How it reads once it is done, where that is not <c>created</c> or <c>updated</c>.</summary>
    public string? How { get; init; }

    /// <summary>Why it stays in the EHR although the note no longer says it; null where it is taken back.</summary>
    public string? Stays { get; init; }

    /// <summary>Whether something goes out to the EHR.</summary>
    public bool IsSent => !Done && Will is (PlanVerb.Create or PlanVerb.Update);
}
