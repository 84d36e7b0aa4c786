namespace ChwFhir.DeliveryTrial.Faults;

/// <summary>What can befall a request on its way to the EHR, or its answer on the way back.</summary>
internal enum Fault
{
    None,

    /// <summary>429 with <c>Retry-After</c>; nothing done.</summary>
    TooMany,

    /// <summary>503, now and then with <c>Retry-After</c>; nothing done.</summary>
    Unavailable,

    /// <summary>Done, but slowly; within the caller's patience.</summary>
    Slow,

    /// <summary>No answer; nothing done.</summary>
    Timeout,

    /// <summary>No answer in time, and carried out after the caller gave up.</summary>
    Late,

    /// <summary>Done, and the connection ends without an answer.</summary>
    Lost,

    /// <summary>The connection is reset; nothing done.</summary>
    ResetBefore,

    /// <summary>Done, and the connection is reset.</summary>
    ResetAfter,

    /// <summary>Done, and the answer ends in the middle: cut off, or complete as a message and no JSON any more.</summary>
    Truncated,

    /// <summary>Done, and answered without a body; half of them without a Location too.</summary>
    EmptyBody,

    /// <summary>The token counts for nothing for a while: 401 to everything; nothing done.</summary>
    TokenExpired,
}
