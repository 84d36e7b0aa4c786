namespace ChwFhir.Fhir.Client;

/// <summary>How one FHIR endpoint is spoken to.</summary>
public sealed record FhirClientOptions
{
    /// <summary>The FHIR base, with or without a slash at its end.</summary>
    public required Uri BaseUrl { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>For one send, from taking a connection to the last byte of the answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest answer that is read, in bytes after decompression.</summary>
    public int LargestAnswer { get; init; } = 32 * 1024 * 1024;

    /// <summary>Searches go as <c>POST [type]/_search</c>, so that names and birth dates stay out of addresses and their logs.</summary>
    public bool SearchByPost { get; init; }

    /// <summary>How many requests are under way at once.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Repeats within one call, 0 for none; the durable queue does the long waiting.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>A <c>Retry-After</c> up to this is waited for within the call; a longer one is told to the caller.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>First wait between repeats; it doubles, with jitter.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>So many sends must have gone wrong (four of five in half a minute) before the endpoint rests.</summary>
    public int FailuresBeforeRest { get; init; } = 5;

    /// <summary>First rest of a failing endpoint; it doubles up to <see cref="LongestRest"/> with each probe that fails.</summary>
    public TimeSpan FirstRest { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// No call takes longer than this once it has a free slot: leases must outlast it or be renewed meanwhile.
    /// A write that may be repeated waits until twice the timeout is over.
    /// </summary>
    public TimeSpan LongestCall => ((Repeats + 2) * RequestTimeout) + (Repeats * LongestWait);
}
