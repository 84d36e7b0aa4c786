namespace ChwFhir.CareTeam;

/// <summary>What a message is that came by itself.</summary>
internal enum MessageKind { Report, Ask, Reinforce, Question }
