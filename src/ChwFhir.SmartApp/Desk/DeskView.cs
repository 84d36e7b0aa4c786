using ChwFhir.Delivery;

namespace ChwFhir.SmartApp.Desk;

/// <summary>The desk of one supervisor.</summary>
/// <param name="Attention">Notes that wait for a person; null while nobody can tell which are of their CHWs.</param>
/// <param name="Waiting">Notes on their way.</param>
/// <param name="Names">What people are called, by their reference.</param>
public sealed record DeskView(
    DeliveryReport Report, IReadOnlyList<DeskNote>? Attention, IReadOnlyList<DeskNote> Waiting, IReadOnlyList<ClimbedMessage> Climbed, IReadOnlyList<RemovalAsked> Removals, IReadOnlyDictionary<string, string> Names, bool HasMore, bool HasMoreWaiting);
