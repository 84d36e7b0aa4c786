using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

/// <summary>Random receipts, claims, writes, expired leases and crashes against a plain model of the promises.</summary>
[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class Whatever_happens_in_whatever_order(string provider)
{
    [Test]
    public async Task No_note_is_lost_no_lane_has_two_holders_and_each_lane_keeps_its_order([Range(1, 12)] int seed)
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var world = new World(some, new Random(seed));

        for (var step = 0; step < 250; step++) await world.StepAsync();
        await world.DrainAsync();

        await world.Expect_nothing_lost();
    }

    private sealed class World(SomeStore some, Random random)
    {
        private static readonly NoteState[] Ends = [NoteState.Written, NoteState.Written, NoteState.Queued, NoteState.NeedsAttention];

        private readonly Dictionary<long, ModelNote> _notes = [];
        private readonly List<Held> _held = [];
        private int _step;

        public Task StepAsync()
        {
            _step++;
            return random.Next(100) switch
            {
                < 25 => AcceptAsync(),
                < 45 => ClaimAsync(),
                < 85 => WorkAsync(),
                < 92 => PassTimeAsync(),
                < 96 => RetryAsync(),
                _ => CrashAsync(),
            };
        }

        public async Task DrainAsync()
        {
            foreach (var held in _held.ToList()) await GiveBackAsync(held);
            for (var rounds = 0; rounds < 2000; rounds++)
            {
                if (await some.ClaimAsync() is { } claim)
                {
                    Take(claim);
                    while (_held.Count > 0) await WorkAsync(always: NoteState.Written);
                    continue;
                }
                if (_notes.Values.All(note => note.State is NoteState.Written or NoteState.NeedsAttention)) return;
                some.Clock.Advance(TimeSpan.FromMinutes(10));
            }
            Assert.Fail("Notes wait that nobody can claim.");
        }

        public async Task Expect_nothing_lost()
        {
            using var all = Assert.EnterMultipleScope();
            foreach (var (number, note) in _notes)
            {
                var stored = await some.Store.ReadAsync(number, default);
                Assert.That((stored?.Id, stored?.State), Is.EqualTo((note.Id, note.State)));
                Assert.That((await some.Store.HistoryAsync(number, default)).Select(row => row.Intent), Is.EqualTo(note.Intents));
            }
            var counts = await some.Store.CountAsync(TheEhr, default);
            Assert.That(counts.Queued + counts.Writing, Is.Zero);
            Assert.That(counts.Written, Is.EqualTo(_notes.Values.Count(note => note.State is NoteState.Written)));
            Assert.That(counts.NeedsAttention, Is.EqualTo(_notes.Values.Count(note => note.State is NoteState.NeedsAttention)));
        }

        private async Task AcceptAsync()
        {
            var note = new ModelNote($"n{_step}", $"Patient/p{random.Next(4)}") { InLineSince = _step };
            _notes.Add(await some.AcceptAsync(note.Id, note.Patient), note);
        }

        private async Task ClaimAsync()
        {
            if (await some.ClaimAsync() is { } claim) Take(claim);
        }

        private void Take(Claim claim)
        {
            var now = some.Clock.GetUtcNow();
            Assert.That(_held.Any(held => held.Claim.Lane == claim.Lane && held.Claim.Until > now), Is.False, "a lane has one holder");
            Assert.That(claim.Numbers, Is.Ordered.And.Not.Empty);
            Assert.That(claim.Numbers.Select(number => _notes[number].Patient).Distinct().Count(), Is.EqualTo(1));
            Assert.That(claim.Numbers, Has.All.Matches<long>(number => _notes[number].Waits && !(_notes[number].NextAttemptAt > now)));
            // Whoever held it before was overtaken: from now on nothing of theirs counts.
            foreach (var held in _held.Where(held => held.Claim.Lane == claim.Lane)) held.Overtaken = true;
            _held.Add(new Held(claim, _step));
        }

        private async Task WorkAsync(NoteState? always = null)
        {
            if (_held.Count == 0) return;
            var held = _held[random.Next(_held.Count)];
            var number = held.Claim.Numbers[held.Position];
            var note = _notes[number];
            if (held.Overtaken)
            {
                Assert.That(async () => await some.IntendAsync(held.Claim, number, "k"), Throws.InstanceOf<LeaseLostException>());
                Assert.That(async () => await some.FinishAsync(held.Claim, number, NoteState.Written), Throws.InstanceOf<LeaseLostException>());
                _held.Remove(held);
                return;
            }

            foreach (var open in await some.Store.OpenIntentsAsync(number, default))
                if (always is not null || random.Next(2) == 0) await some.RecordAsync(held.Claim, open.Id, OutcomeWord.Found);
            note.Intents.Add(await some.IntendAsync(held.Claim, number, "k"));
            if (always is null && random.Next(5) == 0) return; // dies or dawdles between intent and outcome
            await some.RecordAsync(held.Claim, note.Intents[^1], always is null && random.Next(4) == 0 ? OutcomeWord.Unknown : OutcomeWord.Done);
            await FinishAsync(held, number, note, always);
        }

        private async Task FinishAsync(Held held, long number, ModelNote note, NoteState? always)
        {
            var state = always ?? Ends[random.Next(Ends.Length)];
            var open = (await some.Store.OpenIntentsAsync(number, default)).Count > 0;
            if (state is NoteState.Written)
            {
                var passed = _notes.Where(other => other.Key < number && other.Value.Patient == note.Patient && other.Value.Waits && !other.Value.Aside && other.Value.InLineSince < held.Since);
                Assert.That(passed, Is.Empty, "nobody passes an earlier note that stands in line");
            }
            TimeSpan? again = state is NoteState.Queued ? TimeSpan.FromMinutes(random.Next(1, 5)) : null;
            var goesOn = await some.FinishAsync(held.Claim, number, state, again);

            note.State = state;
            note.Aside = state is NoteState.Queued && open;
            note.NextAttemptAt = again is { } pause ? some.Clock.GetUtcNow() + pause : null;
            Assert.That(goesOn, Is.EqualTo(state is not NoteState.Queued || open));
            if (!goesOn || ++held.Position == held.Claim.Numbers.Count) await GiveBackAsync(held);
        }

        private async Task GiveBackAsync(Held held)
        {
            await some.Store.ReleaseAsync(held.Claim, default);
            _held.Remove(held);
        }

        private Task PassTimeAsync()
        {
            some.Clock.Advance(TheLease * random.NextDouble() * 1.5);
            return Task.CompletedTask;
        }

        private async Task RetryAsync()
        {
            if (_notes.Values.FirstOrDefault(note => note.State is NoteState.NeedsAttention) is not { } note) return;
            Assert.That(await some.Store.RetryAsync(TheEhr, note.Id, default), Is.True);
            var number = _notes.Single(pair => pair.Value == note).Key;
            (note.State, note.NextAttemptAt, note.InLineSince) = (NoteState.Queued, null, _step);
            note.Aside = (await some.Store.OpenIntentsAsync(number, default)).Count > 0;
        }

        private async Task CrashAsync()
        {
            await some.ReopenAsync();
            // Nobody else can hold a lane of files that one process owns; of a shared database the leases go on, whoever lives.
            if (!some.IsShared) _held.Clear();
        }
    }

    private sealed class ModelNote(string id, string patient)
    {
        public string Id { get; } = id;

        public string Patient { get; } = patient;

        public NoteState State { get; set; } = NoteState.Queued;

        public bool Aside { get; set; }

        public DateTimeOffset? NextAttemptAt { get; set; }

        public int InLineSince { get; set; }

        public List<long> Intents { get; } = [];

        public bool Waits => State is NoteState.Queued or NoteState.Writing;
    }

    private sealed class Held(Claim claim, int since)
    {
        public Claim Claim { get; } = claim;

        public int Since { get; } = since;

        public int Position { get; set; }

        public bool Overtaken { get; set; }
    }
}
