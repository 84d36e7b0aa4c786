using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Audit;

/// <summary>Follows every chain from its origin, and says at which record it does not hold.</summary>
internal sealed class AuditVerifier(NoteStore store, AuditSealing sealing)
{
    private const int Bite = 1000;

    public async Task<AuditVerification> LookAsync(IReadOnlyList<AuditHead> known, bool acceptsCuts, CancellationToken cancellationToken)
    {
        // The heads first: what is appended meanwhile is more than they say, never less.
        var heads = await store.ReadAsync(AuditRows.Heads, cancellationToken).ConfigureAwait(false);
        var cuts = await store.ReadAsync(AuditCuts.All, cancellationToken).ConfigureAwait(false);
        var chains = (await store.ReadAsync(AuditRows.Chains, cancellationToken).ConfigureAwait(false)).Union(known.Select(head => head.Chain), StringComparer.Ordinal);
        var records = 0L;
        List<AuditFault> faults = [];
        List<AuditHead> found = [];
        List<AuditCut> cutOff = [];
        foreach (var chain in chains)
        {
            var clear = await store.ReadAsync(session => AuditRows.ClearUntil(session, chain), cancellationToken).ConfigureAwait(false);
            var walk = new Walk(chain, clear, cuts.FirstOrDefault(cut => cut.Chain == chain), [.. heads.Where(head => head.Chain == chain), .. known.Where(head => head.Chain == chain)]);
            var place = long.MinValue;
            for (IReadOnlyList<AuditRows.Row> rows; (rows = await store.ReadAsync(session => AuditRows.After(session, chain, place, Bite), cancellationToken).ConfigureAwait(false)).Count > 0; place = rows[^1].Number)
                foreach (var row in rows)
                    walk.On(row, sealing);
            walk.End();
            if (!acceptsCuts)
                walk.Miss(known.Where(head => head.Chain == chain));
            records += walk.Records;
            faults.AddRange(walk.Faults);
            if (walk.Cut is { When: not null } cut)
                cutOff.Add(cut);
            found.Add(new AuditHead(chain, walk.Number, Convert.ToHexStringLower(walk.Hash)));
        }
        return new AuditVerification(records, found, faults) { Cuts = cutOff };
    }

    private sealed class Walk(string chain, long clearUntil, AuditCut? cut, List<AuditHead> expected)
    {
        // So many records may have been put in at one place and be known as such.
        private const int Remembered = 10_000;

        private readonly AuditCut? begins = cut;

        // Records that do not hang on the one before them.
        private readonly List<long> broken = [];
        private readonly Dictionary<string, long> places = new(StringComparer.Ordinal) { [cut?.Hash ?? Convert.ToHexStringLower(AuditSealing.Origin(chain))] = cut?.Number ?? 0 };
        private readonly Queue<string> recent = [];

        public long Number { get; private set; } = cut?.Number ?? 0;
        public byte[] Hash { get; private set; } = cut is null ? AuditSealing.Origin(chain) : Convert.FromHexString(cut.Hash);

        /// <summary>Where the chain was cut, once a record of it has said so.</summary>
        public AuditCut? Cut { get; private set; } = cut;

        public long Records { get; private set; }
        public List<AuditFault> Faults { get; } = [];

        public void On(AuditRows.Row row, AuditSealing sealing)
        {
            // Cut off, and not cleared away yet.
            if (row.Number >= 1 && row.Number <= begins?.Number)
                return;
            Records++;
            // A chain begins with 1: before it there is no place.
            if (row.Number < 1)
            {
                Add(AuditFaultKind.Inserted, row.Number, row.Number);
                return;
            }

            if (row.Number > Number + 1)
                Add(AuditFaultKind.Removed, Number + 1, row.Number - 1);
            else if (!row.Previous.AsSpan().SequenceEqual(Hash))
                LinkBroken(row);

            if (!row.HashHolds || !Says(row, sealing))
                Add(AuditFaultKind.Changed, row.Number, row.Number);
            if (Faults.Count == 0 && broken.Count == 0 && expected.Any(head => head.Number == row.Number && head.Hash != Convert.ToHexStringLower(row.Hash)))
                Add(AuditFaultKind.Rewritten, row.Number, row.Number);
            Passed(row);
        }

        public void End()
        {
            // Nobody but whoever cut it knows what the records were that the chain no longer has: it has to say so itself.
            if (begins is not null && Cut!.When is null)
                Add(AuditFaultKind.Removed, 1, begins.Number);
            if (begins is not null && expected.Any(head => head.Number == begins.Number && head.Hash != begins.Hash))
                Add(AuditFaultKind.Rewritten, begins.Number, begins.Number);
            var last = expected.MaxBy(head => head.Number);
            var tailHolds = last is not null && last.Hash == Convert.ToHexStringLower(Hash);
            // Fewer than there were, and yet the last is the last: what lacks stood where the chain is broken. As many as there were: one was made anew.
            foreach (var number in broken)
                if (last?.Number > Number && tailHolds)
                    Add(AuditFaultKind.Removed, number, number);
                else if (!Faults.Any(fault => fault.From == number - 1))
                    Add(AuditFaultKind.Changed, Math.Max(1, number - 1), Math.Max(1, number - 1));
            if (last?.Number > Number && !tailHolds)
                Add(AuditFaultKind.CutOff, Number + 1, last.Number);
        }

        /// <summary>Heads of records that went with a cut.</summary>
        public void Miss(IEnumerable<AuditHead> known)
        {
            foreach (var head in known.Where(head => head.Number < begins?.Number))
                Add(AuditFaultKind.CutAway, head.Number, head.Number);
        }

        // A record that hangs on what stood before others did hang there before they came: those between were put in.
        private void LinkBroken(AuditRows.Row row)
        {
            if (!places.TryGetValue(Convert.ToHexStringLower(row.Previous), out var before))
            {
                broken.Add(row.Number);
                return;
            }
            Faults.RemoveAll(fault => fault.From > before);
            broken.RemoveAll(number => number > before);
            Add(AuditFaultKind.Inserted, before + 1, row.Number - 1);
        }

        private void Passed(AuditRows.Row row)
        {
            (Number, Hash) = (row.Number, row.Hash);
            var place = Convert.ToHexStringLower(row.Hash);
            if (places.TryAdd(place, row.Number))
                recent.Enqueue(place);
            if (recent.Count > Remembered)
                places.Remove(recent.Dequeue());
        }

        private void Add(AuditFaultKind kind, long from, long to) => Faults.Add(new AuditFault(kind, chain, from, to));

        // The columns by which a record is found must say what the record says.
        private bool Says(AuditRows.Row row, AuditSealing sealing)
        {
            try
            {
                var record = AuditBody.Read(sealing.Open(row.Body, row.Number <= clearUntil));
                if (begins?.IsSaidBy(record) is true)
                    Cut = begins with { When = record.When, Why = record.Why };
                return row.At == record.When!.Value.ToUnixTimeMilliseconds() && sealing.IsKey(row.Subject, record.Subject, row.Body) && sealing.IsKey(row.Patient, record.Patient, row.Body)
                    && row.Action == Words.Of(record.Action) && row.Outcome == Words.Of(record.Outcome);
            }
            catch (Exception e) when (e is System.Text.Json.JsonException or InvalidDataException or System.Security.Cryptography.CryptographicException)
            {
                return false;
            }
        }
    }
}
