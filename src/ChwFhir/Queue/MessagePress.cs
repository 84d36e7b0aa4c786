namespace ChwFhir.Queue;

/// <summary>How much an open message presses, as of a moment: the least first. A page of the inbox is cut by it, so that nothing urgent lies behind what somebody has long taken.</summary>
internal static class MessagePress
{
    /// <summary>Of a row of <c>message</c>.</summary>
    /// <param name="now">Placeholder of the moment; a next page asks as of the moment of the first.</param>
    public static string Sql(string now) => $"""
        CASE
            WHEN message.reach IN ('waiting', 'notified') AND (message.due_at < {now} OR (message.rung > 0
                AND (message.untold = 1 OR NOT EXISTS (SELECT 1 FROM notification WHERE notification.number = message.number)))) THEN 0
            WHEN message.reach = 'taken' THEN 4
            WHEN message.alert = 1 OR message.urgency = 'stat' THEN 1
            WHEN message.urgency IN ('urgent', 'asap') THEN 2
            ELSE 3
        END
        """;
}
