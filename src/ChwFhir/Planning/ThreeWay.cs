using System.Text.Json.Nodes;

namespace ChwFhir.Planning;

/// <summary>One three-way merge under way.</summary>
/// <param name="now">The EHR's resource, changed in place.</param>
/// <param name="seen">As it was when we last wrote or read it; null when that is not known, then <paramref name="said"/> stands for it.</param>
/// <param name="said">What the visits said then; null when that is not known either.</param>
/// <param name="wanted">What they say now.</param>
internal sealed class ThreeWay(string type, JsonObject now, JsonObject? seen, JsonObject? said, JsonObject wanted)
{
    private const string ClinicalStatus = "clinicalStatus", Contained = "contained";

    public List<Clash> Clashes { get; } = [];

    public string? Reworded { get; private set; }

    public void Apply()
    {
        var rules = MergeRules.Of(type);
        var names = wanted.Select(member => member.Key).Concat(said?.Select(member => member.Key) ?? []).Where(MergeRules.IsContent).Distinct().ToList();
        foreach (var name in names)
        {
            if (type == "Goal" && name is ("description" or "expressedBy") && KeepsPatientsWords(name))
                continue;
            if (rules.IsSet(name))
                Unite(name);
            else if (type == "CarePlan" && name == "activity")
                Steps();
            else if (rules.Holder is not null && name == Contained)
                continue;
            else
                Element(name, MergeRules.Stem(name, rules.Newest), rules);
        }
    }

    // Where nobody remembers what we said, what no visit may change is only filled in.
    private void Element(string name, string stem, MergeRules rules)
    {
        if (said is null && !rules.Newest.Contains(stem) && Part(now, stem).Count > 0)
            return;
        if (stem == ClinicalStatus && GoesOnAfterItsEnd())
        {
            var (there, ours) = (Part(now, stem), Part(wanted, stem));
            if (!Meaning.Same(there, ours) && (said is null || !Meaning.Same(Part(said, stem), ours)))
                Clash(MergeWording.Element(type, stem), there, ours);
            return;
        }
        Value(now, seen, said, wanted, stem, MergeWording.Element(type, stem));
    }

    // What has abated does not go on (con-4): whoever wrote when it ended has the last word on whether it did.
    private bool GoesOnAfterItsEnd() =>
        Part(now, "abatement").Count > 0 && Part(wanted, "abatement").Count == 0 && !Meaning.List(wanted[ClinicalStatus] as JsonObject, "coding").Any(coding => (string?)coding?["code"] is "inactive" or "resolved" or "remission");

    // Two references to what is contained say the same only where the same is contained.
    private JsonObject Part(JsonObject? whole, string stem)
    {
        JsonObject part = [];
        foreach (var (name, value) in whole?.Where(member => MergeRules.IsOf(member.Key, stem) && member.Value is not null) ?? [])
            part[name] = value!.DeepClone();
        if (stem == MergeRules.Of(type).Holder && whole?[Contained] is { } contained)
            part[Contained] = contained.DeepClone();
        return part;
    }

    // One element; seen and said are those of the same part, so null stands for "not known" only where the whole is not known.
    private void Value(JsonObject into, JsonObject? once, JsonObject? saidOnce, JsonObject? say, string stem, string element)
    {
        var (there, ours) = (Part(into, stem), Part(say, stem));
        if (Meaning.Same(there, ours) || (said is not null && Meaning.Same(Part(saidOnce, stem), ours)) || (said is null && ours.Count == 0))
            return;
        if (said is not null && !Meaning.Same(there, Part(seen is null ? saidOnce : once, stem)))
        {
            Clash(element, there, ours);
            return;
        }
        Merge.Put(into, say ?? [], stem);
        if (stem == MergeRules.Of(type).Holder)
            Merge.Put(into, say ?? [], Contained);
    }

    // Lists of values: what others put in or took out is theirs; ours come and go with what the visits say.
    private void Unite(string name)
    {
        var (ours, before) = (Meaning.List(wanted, name), Meaning.List(said, name));
        foreach (var item in ours.Where(item => !Meaning.Has(Meaning.List(now, name), item) && !Meaning.Has(before, item)).ToList())
            Merge.Append(now, name, item!);
        if (name == "identifier")
            return;
        foreach (var item in before.Where(item => !Meaning.Has(ours, item)).ToList())
            TakeOut(name, there => Meaning.Same(there, item));
    }

    private void Steps()
    {
        foreach (var key in PlanSteps.Keys(wanted).Concat(PlanSteps.Keys(said)).Distinct().ToList())
            Step(PlanSteps.Find(now, key), PlanSteps.Find(seen, key), PlanSteps.Find(said, key), PlanSteps.Find(wanted, key));

        foreach (var item in PlanSteps.WithoutKey(wanted).Where(item => !Meaning.Has(Meaning.List(now, "activity"), item) && !Meaning.Has(Meaning.List(said, "activity"), item)).ToList())
            Merge.Append(now, "activity", item);
        foreach (var item in PlanSteps.WithoutKey(said).Where(item => !Meaning.Has(Meaning.List(wanted, "activity"), item)).ToList())
            TakeOut("activity", there => Meaning.Same(there, item));
    }

    private void Step(JsonObject? there, JsonObject? once, JsonObject? before, JsonObject? ours)
    {
        var label = $"step \"{MergeWording.Of((ours ?? before)?["detail"]?["description"])}\"";
        if (there is null && before is null && ours is not null)
            Merge.Append(now, "activity", ours);
        else if (there is null && before is not null && ours is not null && !Meaning.Same(before, ours))
            Clashes.Add(new Clash(label, "the step was taken out", MergeWording.Step(ours)));
        if (there is null)
            return;

        if (ours is null && Meaning.Same(there, seen is null ? before : once))
            TakeOut("activity", item => ReferenceEquals(item, there));
        else if (ours is null)
            // Why it was taken back may be that it is not for everybody who reads of this.
            Clashes.Add(new Clash("a step", MergeWording.Step(there), "taken back"));
        else if (there["reference"] is not null && there["detail"] is null)
            Elsewhere(label, there, before, ours);
        else
            Details(label, there, once, before, ours);
    }

    // Somebody made a request of the step: that is its detail now, and FHIR has no place for a second one (cpl-3).
    private void Elsewhere(string label, JsonObject there, JsonObject? before, JsonObject ours)
    {
        if (!Meaning.Same(before, ours))
            Clashes.Add(new Clash(label, MergeWording.Of(there["reference"]), MergeWording.Step(ours)));
    }

    // Progress notes, outcomes and extensions of others hang on the activity: only what the visits say is put in.
    private void Details(string label, JsonObject there, JsonObject? once, JsonObject? before, JsonObject ours)
    {
        if (there["detail"] is not JsonObject detail)
            there["detail"] = detail = [];
        var (say, saidOnce) = (ours["detail"] as JsonObject ?? [], before?["detail"] as JsonObject);
        foreach (var stem in say.Concat(saidOnce ?? []).Select(member => member.Key).Where(name => name != "extension" && MergeRules.IsContent(name)).Select(name => MergeRules.Stem(name, "scheduled", "product")).Distinct().ToList())
            Value(detail, once?["detail"] as JsonObject, saidOnce, say, stem, $"{label}, {MergeWording.Element("CarePlan", stem)}");
    }

    /// <returns>True when that is all there is to do.</returns>
    private bool KeepsPatientsWords(string name)
    {
        // Nobody remembers who said what: the words in the chart are the patient's, these are another's.
        if (said is null && Merge.IsPatients(now) && !Merge.IsPatients(wanted))
        {
            if (name == "description" && !Meaning.Same(now[name], wanted[name]) && (string?)wanted[name]?["text"] is { } others)
                Merge.Beside(now, others, isClinicians: false);
            return true;
        }
        if (said is null || name != "description" || !Merge.IsPatients(wanted) || Meaning.Same(now[name], wanted[name]) || Meaning.Same(now[name], (seen ?? said)[name]))
            return false;

        if ((string?)now[name]?["text"] is { } words)
            Merge.Beside(now, Reworded = words, isClinicians: true);
        now[name] = wanted[name]?.DeepClone();
        return true;
    }

    private void TakeOut(string list, Func<JsonNode?, bool> which)
    {
        if (now[list] is not JsonArray items || items.FirstOrDefault(which) is not { } item)
            return;
        items.Remove(item);
        if (items.Count == 0)
            now.Remove(list);
    }

    private void Clash(string element, JsonObject there, JsonObject ours)
    {
        if (Clashes.All(clash => clash.Element != element))
            Clashes.Add(new Clash(element, MergeWording.Of(there), MergeWording.Of(ours)));
    }
}
