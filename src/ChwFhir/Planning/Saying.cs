using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>
/// What the visits together say of a long-lived resource. Element by element the newest visit counts, by its own time and not by its receipt;
/// nothing here knows what the EHR holds.
/// </summary>
internal sealed class Saying
{
    private readonly JsonObject said;
    private readonly JsonObject visit;
    private readonly DateTimeOffset visitTime;
    private readonly Dictionary<string, DateTimeOffset> times;
    private readonly List<string> older = [];

    private Saying(Said before, Resource visit, DateTimeOffset visitTime)
    {
        this.visit = Merge.Json(visit);
        this.visitTime = Spoken(visit, visitTime);
        said = Merge.Json(before.Body);
        // A narrative of the first visit's words would tell half of them.
        said.Remove("text");
        times = new Dictionary<string, DateTimeOffset>(before.Times);
    }

    /// <returns>The visits' words with this one's, and the elements on which a newer visit has spoken.</returns>
    public static (Said Said, IReadOnlyList<string> Older) Add(Said? before, Resource visit, DateTimeOffset visitTime)
    {
        if (before is null)
            return (First(visit, visitTime), []);
        var saying = new Saying(before, visit, visitTime);
        saying.Add(visit.TypeName);
        return (new Said(Merge.Read(saying.said), saying.times) { FirstWords = before.FirstWords, Seen = before.Seen, Applied = before.Applied }, saying.older);
    }

    // The first visit's words are all there are: only when it spoke of what has to be remembered.
    private static Said First(Resource visit, DateTimeOffset visitTime)
    {
        var rules = MergeRules.Of(visit.TypeName);
        visitTime = Spoken(visit, visitTime);
        Dictionary<string, DateTimeOffset> times = [];
        foreach (var (name, value) in Merge.Json(visit).Where(member => MergeRules.IsContent(member.Key)))
        {
            var stem = MergeRules.Stem(name, rules.Newest);
            if (rules.Newest.Contains(stem))
                times[stem] = visitTime;
            else if (rules.Own.Contains(name))
                times[name] = visitTime;
            else if (visit.TypeName == "CarePlan" && name == "activity")
                foreach (var key in (value as JsonArray ?? []).OfType<JsonObject>().Select(PlanSteps.Key).OfType<string>())
                    times[$"activity/{key}"] = visitTime;
        }
        foreach (var name in rules.Whole)
            times[name] = visitTime;
        return new Said(visit, times);
    }

    // A plan is made before the visit, whatever hour it was made for, and says nothing against what came of it.
    private static DateTimeOffset Spoken(Resource visit, DateTimeOffset visitTime) =>
        visit is Encounter { Status: Encounter.EncounterStatus.Planned } ? DateTimeOffset.UnixEpoch.AddYears(-1900) + (visitTime - DateTimeOffset.UnixEpoch) / 100 : visitTime;

    private void Add(string type)
    {
        var rules = MergeRules.Of(type);
        foreach (var name in visit.Select(member => member.Key).Where(MergeRules.IsContent).ToList())
        {
            var stem = MergeRules.Stem(name, rules.Newest);
            if (type == "Goal" && name is ("description" or "expressedBy"))
                Word(name);
            else if (rules.Newest.Contains(stem))
                Newest(name, stem);
            else if (rules.Own.Contains(name))
                Own(name);
            else if (rules.IsSet(name))
                Unite(name);
            else if (type == "CarePlan" && name == "activity")
                Activities();
            else if (!rules.Whole.Contains(name))
                said[name] ??= visit[name]?.DeepClone();
        }
        foreach (var name in rules.Whole.Where(name => visit[name] is null || !(rules.Own.Contains(name) || rules.Newest.Contains(name))))
            Newest(name, name);
        if (type == "Task")
            TheTask.Settle(said);
        if (type == "Encounter")
            TheVisit.Settle(said, sayWhy: times.TryGetValue("reasonCode", out var why) && why == times["status"]);
    }

    // Whether this visit is the last to speak of an element; remembers it when it is, names it as older when it would have changed something.
    private bool Speaks(string element, bool differs)
    {
        if (times.TryGetValue(element, out var last) && last > visitTime)
        {
            // What is contained goes with the element that refers to it.
            if (differs && element != "contained")
                older.Add(element);
            return false;
        }
        times[element] = visitTime;
        return true;
    }

    private void Newest(string name, string stem)
    {
        if (Speaks(stem, visit[name] is not null && !Meaning.Same(said[name], visit[name])))
            Merge.Put(said, visit, stem);
    }

    private void Own(string name)
    {
        if (Speaks(name, !Meaning.List(visit, name).All(item => Meaning.Has(Meaning.List(said, name), item))))
            said[name] = visit[name]?.DeepClone();
    }

    private void Unite(string name)
    {
        foreach (var item in Meaning.List(visit, name))
            if (!Meaning.Has(Meaning.List(said, name), item))
                Merge.Append(said, name, item!);
    }

    // A goal's words are the patient's: another's wording stands beside them and never in their place.
    private void Word(string name)
    {
        if (!Merge.IsPatients(said) || Merge.IsPatients(visit))
            Newest(name, name);
        else if (name == "description" && !Meaning.Same(said[name], visit[name]) && (string?)visit[name]?["text"] is { } words)
            Merge.Beside(said, words, isClinicians: false);
    }

    private void Activities()
    {
        foreach (var step in Meaning.List(visit, "activity").OfType<JsonObject>())
        {
            if (PlanSteps.Key(step) is not { } key)
            {
                if (!Meaning.Has(Meaning.List(said, "activity"), step))
                    Merge.Append(said, "activity", step);
                continue;
            }
            var before = PlanSteps.Find(said, key);
            if (!Speaks($"activity/{key}", !Meaning.Same(before, step)))
                continue;
            if (before is null)
                Merge.Append(said, "activity", step);
            else if (!ReferenceEquals(before, step))
                before.ReplaceWith(step.DeepClone());
        }
    }
}
