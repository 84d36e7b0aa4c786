using ChwFhir.Access;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.MyChw;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.SignIn;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Patients;

/// <summary>The patient of a page and the session that may see them: whoever holds this need not ask again.</summary>
public sealed class PatientHere
{
    private static readonly Role[] Readers = [Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor];
    private static readonly TimeSpan Unnoticed = TimeSpan.FromMilliseconds(30);
    private readonly List<Task> firstScreen = [];
    private readonly TimeProvider clock;
    private readonly Lazy<Task<PatientStanding>> standing;

    internal PatientHere(OpenSession session, string id, Wording words, TimeProvider clock, Func<Task<Part<Person>>> person, Func<Task<PatientStanding>> standing)
    {
        (Session, Id, Words, this.clock) = (session, id, words, clock);
        Now = clock.GetLocalNow();
        PersonTask = person();
        this.standing = new(standing);
    }

    public OpenSession Session { get; }

    /// <summary>The FHIR id in this EHR.</summary>
    public string Id { get; }

    /// <summary><c>Patient/x</c>.</summary>
    public string Reference => $"Patient/{Id}";

    public Wording Words { get; }

    public DateTimeOffset Now { get; }

    public Caller Caller => Session.Body.Caller;

    /// <summary>Sees the pages of a CHW: whoever also has another role that reads has those of that one.</summary>
    public bool IsChw => Caller.Is(Role.Chw) && !Caller.IsAny(Readers);

    /// <summary>The EHR says around our frame whose chart it is.</summary>
    public bool SaidAround { get; internal init; }

    /// <summary>Pages of a patient that there are, by the last part of their address.</summary>
    public IReadOnlySet<string> Pages { get; internal init; } = new HashSet<string>();

    /// <summary>How long parts of the page may take until it is shown without them.</summary>
    public TimeSpan Patience { get; internal set; }

    /// <summary>Who they are; asked as soon as the page is, once for all of it.</summary>
    public Task<Part<Person>> PersonTask { get; }

    /// <summary>How many visits and messages, and who their CHW is; asked once for a page.</summary>
    public Task<PatientStanding> StandingTask => standing.Value;

    /// <summary>The address of a page of this patient: <c>visits</c>, <c>visits/12</c>; none: the first.</summary>
    public string Path(string? page = null) => Paths.Patient(Session.Id, Id, page);

    /// <summary>Whether a part that is being read is there before the page has to be shown.</summary>
    public Task<bool> IsInTimeAsync(Task part)
    {
        var waits = WaitAsync(part);
        firstScreen.Add(waits);
        return waits;
    }

    /// <summary>The same of what stands beneath the first screen: once that is there nobody waits for this, but for the moment that nobody notices.</summary>
    public async Task<bool> IsThereWithTheRestAsync(Task part)
    {
        if (Patience > PatientDoor.FirstPaint)
            return await WaitAsync(part);
        if (!part.IsCompleted)
            await Task.WhenAny(part, RestAsync());
        return part.IsCompletedSuccessfully;
    }

    private async Task RestAsync()
    {
        await Task.WhenAll(firstScreen);
        var tenth = (clock.GetLocalNow() - Now) / 10;
        await Task.Delay(tenth > Unnoticed ? tenth : Unnoticed, clock);
    }

    private async Task<bool> WaitAsync(Task part)
    {
        var left = Now + Patience - clock.GetLocalNow();
        if (!part.IsCompleted && left > TimeSpan.Zero)
            await Task.WhenAny(part, Task.Delay(left, clock));
        return part.IsCompletedSuccessfully;
    }
}
