namespace ChwFhir.Queue;

/// <summary>
/// How a write ended. <see cref="Unknown"/> leaves its intent open: it may be said again (a search that found nothing yet)
/// until <see cref="Found"/> or <see cref="Absent"/> closes it.
/// </summary>
public enum OutcomeWord { Done, Refused, Busy, NotSent, Unknown, Found, Absent }
