using System.Diagnostics;
using System.Globalization;
using System.Xml;
using ChwFhir.Intake;
using ChwFhir.Intake.Ccda;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Mapping.Summaries;

namespace ChwFhir.Benchmarks.Ccda;

/// <summary>
/// C-CDA documents as EHRs export them, document in, Bundle out, on one thread: how many of them are taken, what is found in them and how many a second, against the time in which <see cref="XmlReader"/> walks the same bytes, and against a peer
/// (Medplum's converter, in Node) over the same documents in the same run. Documents: <c>CHWFHIR_TESTDATA/ccda</c>, else the project's sample.
/// </summary>
internal static class CcdaLoad
{
    /// <summary>Until the compiler has done its best for what is measured, however busy the machine is.</summary>
    private const int WarmUp = 2_000;

    private static readonly IntakeOptions Options = new();
    private static readonly MappingOptions Mapping = new();
    private static readonly ResolvedNote Resolved = new() { Patient = "Patient/1", Author = "Practitioner/1" };

    public static async Task RunAsync()
    {
        var documents = CcdaDocument.All();
        var found = documents.Select(document => Found(document.Bytes)).ToList();
        var peer = await CcdaPeer.MeasureAsync(documents);
        var both = documents.Where((_, i) => found[i] is not null && peer.Found[i] is not null).ToList();

        Print(documents, found, peer);
        Console.WriteLine();
        await CompareAsync("all documents", documents.Where((_, i) => found[i] is not null).ToList(), null);
        if (both.Count > 0)
            await CompareAsync("documents that both take", both, async () => (await CcdaPeer.MeasureAsync(both)).Rate);
    }

    /// <summary>In turns, so that all have the machine alike; the median of the rounds. Against the walk by the processor's time, against the peer, which is another process, by the clock's.</summary>
    private static async Task CompareAsync(string which, IReadOnlyList<CcdaDocument> documents, Func<Task<double>>? peer)
    {
        List<double> walks = [], reads = [], wholes = [], rates = [], peers = [];
        var garbage = (Read: 0d, Whole: 0d);
        for (var round = 0; round < 4; round++)
        {
            var leastCount = round == 0 ? WarmUp : 0;
            var (walk, _, _) = Measure(documents, Walk, leastCount);
            var (read, _, readGarbage) = Measure(documents, Read, leastCount);
            var (whole, rate, wholeGarbage) = Measure(documents, ReadAndMap, leastCount);
            var other = peer is null ? 0 : await peer();
            if (round == 0)
                continue; // warm-up
            walks.Add(walk);
            reads.Add(read);
            wholes.Add(whole);
            rates.Add(rate);
            peers.Add(other);
            garbage = (readGarbage, wholeGarbage);
        }
        var size = documents.Average(document => (double)document.Bytes.Length);
        Console.WriteLine(Line($"{documents.Count} {which}, {size / 1024:0} kB each:"));
        Console.WriteLine(Line($"  read and mapped: {Median(wholes):0} a second of the processor; {Median(walks) / Median(wholes):0.0} x the time of an XmlReader walk (goal: at most 5); garbage {garbage.Whole / size:0.0} x the document (goal: at most 4)"));
        Console.WriteLine(Line($"  read alone: {Median(reads):0}; {Median(walks) / Median(reads):0.0} x; garbage {garbage.Read / size:0.0} x"));
        if (peer is not null)
            Console.WriteLine(Line($"  @medplum/ccda: {Median(peers):0} a second; ours is {Median(rates) / Median(peers):0.0} x its rate (goal: at least 8)"));
    }

    private static void Print(IReadOnlyList<CcdaDocument> documents, List<CcdaFound?> ours, CcdaPeer peer)
    {
        Console.WriteLine("| document | kB | ours: medicines, problems, instructions, follow-ups, goals | peer: the same |");
        Console.WriteLine("| --- | --- | --- | --- |");
        for (var i = 0; i < documents.Count; i++)
            Console.WriteLine(Line($"| {documents[i].Name} | {documents[i].Bytes.Length / 1024.0:0} | {ours[i]?.ToString() ?? "refused"} | {peer.Found[i]?.ToString() ?? "refused"} |"));
        Console.WriteLine(Line($"| taken | | {ours.Count(one => one is not null)} of {documents.Count} | {peer.Found.Count(one => one is not null)} of {documents.Count} |"));
        Console.WriteLine(Line($"| found in those that both take | | {Sum(ours.Where((one, i) => one is not null && peer.Found[i] is not null))} | {Sum(peer.Found.Where((one, i) => one is not null && ours[i] is not null))} |"));
        Console.WriteLine(Line($"| found in all | | {Sum(ours)} | {Sum(peer.Found)} |"));
    }

    private static CcdaFound Sum(IEnumerable<CcdaFound?> found) => found.OfType<CcdaFound>().Aggregate(new CcdaFound(0, 0, 0, 0, 0), (sum, one) => sum + one);

    private static CcdaFound? Found(byte[] document) => CcdaReader.Read(new SummaryCall(document, "application/cda+xml"), Options) is SummaryReading.Read { Summary: var summary }
        ? new CcdaFound(summary.Medications.Count, summary.Diagnoses.Count, summary.Instructions.Count, summary.FollowUps.Count, summary.Goals.Count)
        : null;

    /// <returns>Documents a second by the processor's time and by the clock, and bytes of garbage for each.</returns>
    private static (double Processor, double Clock, double Garbage) Measure(IReadOnlyList<CcdaDocument> documents, Action<byte[]> act, int leastCount)
    {
        var busy = Environment.CpuUsage.TotalTime;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var count = 0;
        do
        {
            foreach (var document in documents)
                act(document.Bytes);
            count += documents.Count;
        }
        while (count < leastCount || watch.Elapsed < TimeSpan.FromSeconds(2));
        return (count / (Environment.CpuUsage.TotalTime - busy).TotalSeconds, count / watch.Elapsed.TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count);
    }

    private static void Read(byte[] document) => CcdaReader.Read(new SummaryCall(document, "application/cda+xml"), Options);

    private static void ReadAndMap(byte[] document)
    {
        var read = (SummaryReading.Read)CcdaReader.Read(new SummaryCall(document, "application/cda+xml"), Options);
        SummaryMapper.Map(read.Summary, read.ContentHash, Resolved, Mapping).ToTransaction();
    }

    private static void Walk(byte[] document)
    {
        using var stream = new MemoryStream(document);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read()) { }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
