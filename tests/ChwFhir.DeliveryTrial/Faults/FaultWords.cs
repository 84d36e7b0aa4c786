namespace ChwFhir.DeliveryTrial.Faults;

/// <summary>The faults as the table names them.</summary>
internal static class FaultWords
{
    public static string Of(Fault fault) => fault switch
    {
        Fault.TooMany => "429",
        Fault.Unavailable => "503",
        Fault.ResetBefore => "reset before",
        Fault.ResetAfter => "reset after",
        Fault.EmptyBody => "empty body",
        Fault.TokenExpired => "token expired",
        _ => fault.ToString().ToLowerInvariant(),
    };
}
