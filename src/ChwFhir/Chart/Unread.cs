namespace ChwFhir.Chart;


/// <summary>Why something of the chart is not there to be read.</summary>
public enum Unread
{
    /// <summary>Whoever reads, or this app, has no right to it.</summary>
    NotAllowed,

    /// <summary>The EHR has no such thing, or gives it in no way that was asked for.</summary>
    NotOffered,

    NoAnswer,

    /// <summary>There is more than was read, or the EHR kept something back.</summary>
    Partly,

    /// <summary>The EHR says of all that it gives that it may not be everything.</summary>
    MayBeMore,

    /// <summary>Something is there that is not for this reader; not what.</summary>
    Withheld,
}
