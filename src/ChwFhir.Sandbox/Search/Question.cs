using System.Globalization;
using ChwFhir.Sandbox.Rest;
using Microsoft.AspNetCore.WebUtilities;

namespace ChwFhir.Sandbox.Search;

/// <summary>A search as it was asked, read and checked.</summary>
internal sealed class Question
{
    private const int UsualPage = 50;
    private const int LargestPage = 500;

    private Question(string type) => Type = type;

    public string Type { get; }
    public List<string> Ids { get; } = [];
    public List<Criterion> Criteria { get; } = [];
    public List<DateCondition> Updated { get; } = [];
    public List<SortKey> Sort { get; } = [];
    public List<Inclusion> Inclusions { get; } = [];
    public int Count { get; private set; } = UsualPage;
    public bool OnlyCount { get; private set; }
    public bool WithTotal { get; private set; } = true;
    public PageMark? After { get; private set; }
    public List<string> Unknown { get; } = [];

    /// <summary>What was understood, as a query again: the self link tells it.</summary>
    public string Understood { get; private set; } = "";

    public static Question Read(string type, string query)
    {
        var question = new Question(type);
        var pairs = Pairs(query).ToList();
        if (pairs.FirstOrDefault(pair => pair.Name == "_page").Value is { } mark)
        {
            question.After = PageMark.Read(mark) ?? throw new Refusal(400, "invalid", "This page address is not one that this server gave.");
            pairs = [.. Pairs(question.After.Query)];
        }
        List<string> understood = [];
        foreach (var (name, value) in pairs)
            if (question.Take(name, value))
                understood.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
            else if (value.Length > 0)
                question.Unknown.Add(name);
        question.Understood = string.Join('&', understood);
        if (question.After is { } after && after.Keys.Length != question.Sort.Count)
            throw new Refusal(400, "invalid", "This page address is not one that this server gave.");
        return question;
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string query)
    {
        foreach (var pair in new QueryStringEnumerable(query))
            yield return (pair.DecodeName().ToString(), pair.DecodeValue().ToString());
    }

    private bool Take(string name, string value)
    {
        if (value.Length == 0)
            return false;
        switch (name)
        {
            case "_format" or "_pretty":
                return true;
            case "_id":
                Ids.Add(value);
                return true;
            case "_lastUpdated":
                Updated.Add(DateCondition.Read(name, value));
                return true;
            case "_count":
                Count = Math.Min(LargestPage, int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw new Refusal(400, "invalid", "The search parameter _count takes a whole number."));
                OnlyCount |= Count == 0;
                return true;
            case "_summary":
                OnlyCount |= value == "count";
                return value is "count" or "false";
            case "_total":
                WithTotal = value != "none";
                return value is "none" or "estimate" or "accurate";
            case "_sort":
                return TakeSort(value);
            case "_include" or "_revinclude":
                return TakeInclusion(value, back: name == "_revinclude");
        }
        var parts = name.Split(':', 2);
        if (SearchParameters.Find(Type, parts[0]) is not { } parameter)
            return false;
        var criterion = new Criterion(Type, parameter, parts is [_, var modifier] ? modifier : null, value);
        if (!criterion.IsKnown)
            throw new Refusal(400, "not-supported", $"The search parameter {parameter.Name} has no such modifier here.");
        Criteria.Add(criterion);
        return true;
    }

    private bool TakeSort(string value)
    {
        var keys = value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(key => SortKey.Read(Type, key)).ToList();
        if (keys.Count == 0 || keys.Contains(null))
            return false;
        Sort.AddRange(keys!);
        return true;
    }

    private bool TakeInclusion(string value, bool back)
    {
        if (Inclusion.Read(Type, value, back) is not { } inclusion)
            return false;
        Inclusions.Add(inclusion);
        return true;
    }
}
