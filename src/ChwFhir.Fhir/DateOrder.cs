namespace ChwFhir.Fhir;

/// <summary>How one partial date stands to another.</summary>
public enum DateOrder
{
    /// <summary>Wholly before it.</summary>
    Before,

    /// <summary>Wholly after it.</summary>
    After,

    /// <summary>The same stretch of time.</summary>
    Same,

    /// <summary>They share some time, so neither is before the other: <c>2026-03</c> and <c>2026-03-15</c>.</summary>
    Overlaps,
}
