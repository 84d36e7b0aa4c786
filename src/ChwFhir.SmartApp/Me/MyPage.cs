using ChwFhir.Queue;

namespace ChwFhir.SmartApp.Me;

/// <summary>What somebody sets for themselves.</summary>
/// <param name="Mine">When they are away, or will be.</param>
/// <param name="Covering">For whom they cover, or will.</param>
/// <param name="Covers">Who may cover for them.</param>
public sealed record MyPage(IReadOnlyList<AwayRow> Mine, IReadOnlyList<AwayRow> Covering, IReadOnlyList<StaffRow> Covers, IReadOnlyDictionary<string, string> Names, AwayForm Form, bool MayBeAway, string? Said);
