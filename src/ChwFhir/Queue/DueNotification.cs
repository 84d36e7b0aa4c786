namespace ChwFhir.Queue;

/// <summary>A notification whose turn it is. Whoever has it may send it until its time is over; then it is somebody's turn again, under the same id.</summary>
/// <param name="Message">Our own number of the message.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record DueNotification(long Id, long Message, string Urgency, int Rung, string Channel, string Target, IReadOnlyList<string> Addressed, int Attempt);
