using System.Collections.Concurrent;
using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>
/// One patient's chart as one reader sees it: every question is asked once, whoever asks, and goes on when who asked has left. What could not be read is asked again
/// when somebody asks again. Made by <see cref="Charts"/>.
/// </summary>
public sealed class ChartReading
{
    private const int MostPages = 5;
    private const int MostReferences = 60;
    private readonly ConcurrentDictionary<string, Lazy<Task<object>>> asked = new(StringComparer.Ordinal);
    private readonly ChartEyes eyes;
    private readonly FhirClient client;
    private readonly Sensitivity sensitivity;
    private readonly CancellationToken enough;
    private int references;

    internal ChartReading(ChartEyes eyes, string patient, FhirClient client, Sensitivity sensitivity, CancellationToken enough) =>
        (this.eyes, Patient, this.client, this.sensitivity, this.enough) = (eyes, patient, client, sensitivity, enough);

    /// <summary><c>Patient/x</c>.</summary>
    public string Patient { get; }

    public Caller Reader => eyes.Caller;

    private string Id => Patient["Patient/".Length..];

    /// <summary>How much is held of it: resources.</summary>
    internal int Weight { get; private set; }

    public Task<Answered<Patient>> PersonAsync() => OnceAsync("Patient", async () =>
    {
        var (found, missing) = await ReadAsync("Patient", Id);
        // Another chart than the one that was asked for would be the worst answer of all.
        return found is Patient person && person.Id == Id ? Shown([person], missing, "Patient") : new Answered<Patient>([], missing is { } piece ? [piece] : [new UnreadPiece("Patient", Unread.NoAnswer)]);
    });

    /// <summary>The EHR says that there is no such patient; false where it does not say, or was not asked yet.</summary>
    public bool IsNobody { get; private set; }

    public Task<Answered<T>> SearchAsync<T>(ChartQuestion question) where T : Resource => OnceAsync(question.Key, () => AskAsync<T>(question));

    /// <summary>What a reference of the chart leads to, on this server; null where it cannot be read.</summary>
    public async Task<(Resource? Resource, UnreadPiece? Missing)> FollowAsync(string reference)
    {
        if (FhirLocation.Parse(reference) is not { } place || !IsHere(reference))
            return (null, null);
        if (!asked.ContainsKey(place.Reference) && Interlocked.Increment(ref references) > MostReferences)
            return (null, new UnreadPiece(place.Type, Unread.Partly));
        var answer = await OnceAsync(place.Reference, async () =>
        {
            var (found, missing) = await ReadAsync(place.Type, place.Id);
            return found is null ? new Answered<Resource>([], missing is { } piece ? [piece] : []) : Shown([found], null, place.Type);
        });
        return (answer.Items.FirstOrDefault(), answer.Missing.FirstOrDefault());
    }

    private async Task<(Resource? Found, UnreadPiece? Missing)> ReadAsync(string type, string id)
    {
        if (eyes.Granted is { } granted && !granted.Allow(type, Interactions.Read))
            return (null, new UnreadPiece(type, Unread.NotAllowed));
        if (eyes.Rests())
            return (null, new UnreadPiece(type, Unread.NoAnswer));
        var answer = await client.ReadAsync(type, id, enough);
        if (type == "Patient" && id == Id)
            IsNobody = answer is FhirAnswer.Refused { Status: 404 or 410 };
        return answer is FhirAnswer.Done { Resource: { } resource } ? (resource, null) : (null, new UnreadPiece(type, WhyNot(answer)));
    }

    private async Task<Answered<T>> AskAsync<T>(ChartQuestion question) where T : Resource
    {
        if (eyes.Granted is { } granted && !granted.Allow(question.Type, Interactions.Search))
            return new Answered<T>([], [new UnreadPiece(question.Type, Unread.NotAllowed)]);
        if (eyes.Rests())
            return new Answered<T>([], [new UnreadPiece(question.Type, Unread.NoAnswer)]);

        FhirSearch? found = null;
        foreach (var way in question.Ways)
        {
            var next = await client.SearchAsync(question.Type, [new("patient", Id), .. way, new("_count", "100")], MostPages, enough);
            // A second way that is refused takes nothing from a first that was answered.
            if (found is { Trouble: null } && next.Trouble is not null)
                break;
            found = next;
            if (found.Trouble is not FhirAnswer.Refused { Status: 400 } && !(question.TriesOnWhenEmpty && found is { Trouble: null, Matches.Count: 0 }))
                break;
        }

        List<T> items = [.. found!.Matches.OfType<T>().Where(one => Subjects.IsOf(one, Patient))];
        foreach (var included in found.Included.Where(one => one.Id is not null))
            asked.TryAdd($"{included.TypeName}/{included.Id}", new Lazy<Task<object>>(Task.FromResult<object>(Shown([included], null, included.TypeName))));
        return Shown(items, Missing(question, found), question.Type);
    }

    private Answered<T> Shown<T>(List<T> items, UnreadPiece? missing, string type) where T : Resource
    {
        var reader = eyes.AlwaysWithholds ? eyes.Caller with { Roles = new HashSet<Role> { Role.Chw } } : eyes.Caller;
        List<T> shown = [.. items.Where(one => !sensitivity.IsWithheld(reader, one))];
        Weight += shown.Count;
        List<UnreadPiece> pieces = missing is null ? [] : [missing];
        if (shown.Count < items.Count)
            pieces.Add(new UnreadPiece(type, Unread.Withheld));
        return new Answered<T>(shown, pieces);
    }

    private static UnreadPiece? Missing(ChartQuestion question, FhirSearch found) => found switch
    {
        { Trouble: FhirAnswer.Refused { Status: 400 or 404 or 405 or 410 or 501 } } when question.IsExtra && found.Matches.Count == 0 => null,
        { Trouble: { } trouble } => new UnreadPiece(question.Type, found.Matches.Count > 0 ? Unread.Partly : WhyNot(trouble)),
        { Complete: false, Outcomes: var said } => new UnreadPiece(question.Type, found.Pages < MostPages && said.Count > 0 && said.All(IsOnlyACaution) ? Unread.MayBeMore : Unread.Partly),
        _ => null,
    };

    // Epic says with every answer of some sites that it may not be the entire record (4119), and that nothing was found (4101).
    private static bool IsOnlyACaution(OperationOutcome outcome) => outcome.Codes().All(code => code is "4119" or "4101");

    private static Unread WhyNot(FhirAnswer answer) => answer switch
    {
        FhirAnswer.Refused { Status: 401 or 403 } => Unread.NotAllowed,
        FhirAnswer.Refused => Unread.NotOffered,
        _ => Unread.NoAnswer,
    };

    private bool IsHere(string reference) => !reference.Contains("://", StringComparison.Ordinal) || reference.StartsWith(eyes.BaseUrl.AbsoluteUri.TrimEnd('/') + "/", StringComparison.Ordinal);

    private async Task<Answered<T>> OnceAsync<T>(string key, Func<Task<Answered<T>>> ask) where T : Resource
    {
        var lazy = asked.GetOrAdd(key, _ => new Lazy<Task<object>>(() => AnsweredAsync(key, ask)));
        var answer = (Answered<T>)await lazy.Value;
        if (!answer.IsAnswer)
            asked.TryRemove(new KeyValuePair<string, Lazy<Task<object>>>(key, lazy));
        return answer;
    }

    // An EHR that is still paging when nobody waits any longer has not answered.
    private static async Task<object> AnsweredAsync<T>(string key, Func<Task<Answered<T>>> ask) where T : Resource
    {
        try
        {
            return await ask();
        }
        catch (OperationCanceledException)
        {
            return new Answered<T>([], [new UnreadPiece(key.Split('?', '/')[0], Unread.NoAnswer)]);
        }
    }
}
