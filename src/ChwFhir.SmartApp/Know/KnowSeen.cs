using ChwFhir.CareTeam;

namespace ChwFhir.SmartApp.Know;

/// <summary>What the team should know, and who reads it.</summary>
/// <param name="Reader">As the inbox knows them.</param>
/// <param name="Names">What people are called, by their reference.</param>
public sealed record KnowSeen(Known Known, TeamCaller Reader, IReadOnlyDictionary<string, string> Names);
