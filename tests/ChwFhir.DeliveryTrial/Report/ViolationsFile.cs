using System.Text;

namespace ChwFhir.DeliveryTrial.Report;

/// <summary>Every violation, and every note that waits for a person, with its history in the ledger and what the line did to its document.</summary>
internal static class ViolationsFile
{
    public static string Of(IEnumerable<TrialResult> results)
    {
        var text = new StringBuilder();
        foreach (var result in results)
        {
            text.AppendLine($"# {result.Server}, {result.Store}: {result.Counted.Violations.Count}");
            foreach (var violation in result.Counted.Violations)
            {
                text.AppendLine($"\n{violation.What} {violation.NoteId}: {violation.Detail}");
                if (violation.NoteId is not { } note)
                    continue;
                foreach (var write in result.Line.Documents.Where(write => write.NoteId == note))
                    text.AppendLine(FormattableString.Invariant($"  {write.Ended:HH:mm:ss.fff} the EHR made its document ({write.Fault}; reached it at {write.Began:HH:mm:ss.fff})"));
                foreach (var entry in result.Ledger[note])
                    text.AppendLine($"  {entry}");
            }
            text.AppendLine($"\nasked of the EHR: {string.Join(", ", result.Line.Requests.OrderByDescending(count => count.Value).Select(count => $"{count.Key}: {count.Value}"))}\n");
        }
        return text.ToString();
    }
}
