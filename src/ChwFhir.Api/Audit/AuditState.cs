using ChwFhir.Audit;
using ChwFhir.Intake;

namespace ChwFhir.Api.Audit;

/// <summary>What a look over every link has found.</summary>
/// <param name="Heads">Where each chain stands now: what to write down for the next look.</param>
/// <param name="Cuts">What was cut off since it was older than has to be kept.</param>
internal sealed record AuditState(bool Holds, long Records, IReadOnlyList<string> Heads, IReadOnlyList<AuditState.Fault> Faults, IReadOnlyList<string> Cuts)
{
    /// <param name="Kind"><c>changed</c>, <c>removed</c>, <c>inserted</c>, <c>cut-off</c>, <c>rewritten</c>, <c>cut-away</c>.</param>
    internal sealed record Fault(string Kind, string Chain, long From, long To, string Detail);

    public static AuditState Of(AuditVerification found) => new(
        found.Holds, found.Records, [.. found.Heads.Select(head => head.ToString())], [.. found.Faults.Select(fault => new Fault(Words.Of(fault.Kind), fault.Chain, fault.From, fault.To, fault.ToString()))], [.. found.Cuts.Select(cut => cut.ToString())]);
}
