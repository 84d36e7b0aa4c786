namespace ChwFhir.CareTeam;

/// <summary>Somebody's words on their way to the chart.</summary>
/// <param name="Part">Which of the message's words: <c>reply/12</c>, <c>message</c>, <c>seen</c>.</param>
/// <param name="Title">What they are, as the document says it behind its writer's name.</param>
/// <param name="At">When they were said.</param>
internal sealed record WordsToFile(string Part, long? Reply, string Title, string Text, DateTimeOffset At);
