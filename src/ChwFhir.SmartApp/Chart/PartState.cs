namespace ChwFhir.SmartApp.Chart;

/// <summary>How much of a part of the chart could be read.</summary>
public enum PartState
{
    Whole,

    /// <summary>There is more than was read.</summary>
    Partly,

    /// <summary>The EHR does not let this user, or this app, read it.</summary>
    NotAllowed,

    NoAnswer,
}
