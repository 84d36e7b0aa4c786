using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>
/// What the visits together say of a long-lived resource. Element by element the newest visit counts, by its own time and not by its receipt;
/// nothing here knows what the EHR holds.
/// </summary>
internal sealed class Saying
{
    private const string Status = "status", Contained = "contained";

    private readonly JsonObject said;
    private readonly JsonObject visit;
    private readonly DateTimeOffset visitTime;
    private readonly IReadOnlyList<string> leftOut;
    private readonly Dictionary<string, DateTimeOffset> times;
    private readonly List<string> older = [];

    private Saying(JsonObject said, Dictionary<string, DateTimeOffset> times, VisitWords telling)
    {
        (this.said, this.times, visit, leftOut) = (said, times, Merge.Json(telling.Resource), telling.LeftOut);
        visitTime = Spoken(telling.Resource, telling.VisitTime);
        // A narrative of the first visit's words would tell half of them.
        said.Remove("text");
    }

    /// <param name="leftOut"><see cref="Mapping.MappedResource.LeftOut"/>: stands only where no visit has said it, whichever came first.</param>
    /// <returns>The visits' words with this one's, and the elements on which a newer visit has spoken.</returns>
    public static (Said Said, IReadOnlyList<string> Older) Add(Said? before, Resource visit, DateTimeOffset visitTime, IReadOnlyList<string> leftOut)
    {
        if (before is null)
            return (First(visit, visitTime, leftOut), []);
        var saying = new Saying(Merge.Json(before.Body), new Dictionary<string, DateTimeOffset>(before.Times), new VisitWords(visit, visitTime, leftOut));
        saying.Add(visit.TypeName);
        if (visit is CarePlan)
            PlanNarrative.Put(saying.said);
        return (new Said(Merge.Read(saying.said), saying.times) { FirstWords = before.FirstWords, Seen = before.Seen, Applied = before.Applied }, saying.older);
    }

    /// <summary>What several visits say together, in the order in which they came; null where there is none.</summary>
    public static Said? Of(IEnumerable<VisitWords> tellings)
    {
        (Said Said, JsonObject? Json, Dictionary<string, DateTimeOffset>? Times)? all = null;
        foreach (var telling in tellings)
        {
            if (all is not var (first, json, times))
            {
                all = (First(telling.Resource, telling.VisitTime, telling.LeftOut), null, null);
                continue;
            }
            (json, times) = (json ?? Merge.Json(first.Body), times ?? new Dictionary<string, DateTimeOffset>(first.Times));
            new Saying(json, times, telling).Add(telling.Resource.TypeName);
            all = (first, json, times);
        }
        if (all is ({ Body: CarePlan }, { } plan, _))
            PlanNarrative.Put(plan);
        return all is var (said, whole, spoken) ? whole is null ? said : new Said(Merge.Read(whole), spoken!) : null;
    }

    // The first visit's words are all there are: only when it spoke of what has to be remembered.
    private static Said First(Resource visit, DateTimeOffset visitTime, IReadOnlyList<string> leftOut)
    {
        var rules = MergeRules.Of(visit.TypeName);
        visitTime = Spoken(visit, visitTime);
        Dictionary<string, DateTimeOffset> times = [];
        var json = Merge.Json(visit);
        foreach (var (name, value) in json.Where(member => MergeRules.IsContent(member.Key)))
        {
            var stem = MergeRules.Stem(name, rules.Newest);
            if (leftOut.Contains(name))
                continue;
            if (rules.Newest.Contains(stem))
                times[stem] = visitTime;
            else if (rules.Own.Contains(name))
                times[name] = visitTime;
            else if (visit.TypeName == "CarePlan" && name == "activity")
            {
                foreach (var key in (value as JsonArray ?? []).OfType<JsonObject>().Select(PlanSteps.Key).OfType<string>())
                    (times[PlanSteps.Element(key)], times[PlanSteps.Status(key)]) = (visitTime, leftOut.Contains(PlanSteps.Status(key)) ? DateTimeOffset.MinValue : visitTime);
            }
        }
        foreach (var name in rules.Whole.Where(name => json[name] is not null || !leftOut.Contains(Status)))
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
            if (leftOut.Contains(name))
                said[name] ??= visit[name]?.DeepClone();
            else if (type == "Goal" && name is ("description" or "expressedBy"))
                Word(name);
            else if (rules.Newest.Contains(stem))
                Newest(name, stem);
            else if (rules.Own.Contains(name))
                Own(name);
            else if (rules.IsSet(name))
                Unite(name);
            else if (type == "CarePlan" && name == "activity")
                Activities();
            else if (!rules.Whole.Contains(name) && (rules.Holder is null || name != Contained))
                said[name] ??= visit[name]?.DeepClone();
        }
        // Why it is so goes with how it is: who does not say the one takes nothing back of the other.
        foreach (var name in rules.Whole.Where(name => visit[name] is null ? !leftOut.Contains(Status) : !(rules.Own.Contains(name) || rules.Newest.Contains(name))))
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
        {
            Merge.Put(said, visit, stem);
            if (stem == MergeRules.Of((string)visit["resourceType"]!).Holder)
                Merge.Put(said, visit, Contained);
        }
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
            }
            else if (PlanSteps.Find(said, key) is { } before)
                Again(key, before, (JsonObject)step.DeepClone());
            else
            {
                Merge.Append(said, "activity", step);
                (times[PlanSteps.Element(key)], times[PlanSteps.Status(key)]) = (visitTime, leftOut.Contains(PlanSteps.Status(key)) ? DateTimeOffset.MinValue : visitTime);
            }
        }
    }

    // How far a step is has a time of its own: a visit may name it and not say that. Who does it, and until when, is told once and not at each visit again.
    private void Again(string key, JsonObject before, JsonObject step)
    {
        var (element, status) = (PlanSteps.Element(key), PlanSteps.Status(key));
        var saidAt = times.TryGetValue(status, out var at) ? at : times.GetValueOrDefault(element);
        times[status] = saidAt;
        if (leftOut.Contains(status))
            Take(Status, before, step);
        else if (saidAt <= visitTime)
        {
            Take(Status, step, before);
            times[status] = visitTime;
        }
        foreach (var name in PlanSteps.ToldOnce.Where(name => !PlanSteps.Tells(step, name)))
            Take(name, before, step);
        if (Speaks(element, !Meaning.Same(before, step)))
            before.ReplaceWith(step);
        else
        {
            foreach (var name in PlanSteps.ToldOnce.Where(name => !PlanSteps.Tells(before, name)))
                Take(name, step, before);
        }
    }

    private static void Take(string name, JsonObject from, JsonObject to)
    {
        if (from["detail"] is JsonObject there && to["detail"] is JsonObject here)
            Merge.Put(here, there, name);
    }
}
