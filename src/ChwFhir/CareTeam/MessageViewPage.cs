namespace ChwFhir.CareTeam;

/// <param name="Next">Cursor of the following page; null on the last.</param>
public sealed record MessageViewPage(IReadOnlyList<MessageView> Items, string? Next);
