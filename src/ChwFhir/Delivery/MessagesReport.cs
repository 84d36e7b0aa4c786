namespace ChwFhir.Delivery;

/// <summary>Open messages that none of those they are for has opened; who and what stands in the inbox, <c>GET /messages</c>.</summary>
/// <param name="NotOpened">How many.</param>
/// <param name="Overdue">Of them, those whose time is over.</param>
/// <param name="NobodyTold">Of them, those for whom there is nobody left to tell.</param>
/// <param name="Oldest">When the oldest of them was sent; null when there is none.</param>
public sealed record MessagesReport(long NotOpened, long Overdue, long NobodyTold, DateTimeOffset? Oldest);
