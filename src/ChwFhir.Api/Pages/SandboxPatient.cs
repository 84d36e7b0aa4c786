namespace ChwFhir.Api.Pages;

/// <summary>Somebody invented who lives in the sandbox.</summary>
/// <param name="Story">Why this chart is there, in one line.</param>
public sealed record SandboxPatient(string Id, string Name, DateOnly Born, string Story)
{
    /// <summary>Those who make the stories worth telling, then those with whom things go wrong.</summary>
    public static IReadOnlyList<SandboxPatient> All { get; } =
    [
        new("rosa-m", "Rosa Maldonado", new(1963, 4, 2), "Breast cancer, palliative care at home. Her daughter Imani cares for her; food and rides are short."),
        new("walter-b", "Walter Bailey", new(1955, 1, 19), "Diabetes on insulin, in hospital in October for low sugar. A gas shut-off notice on the table."),
        new("evelyn-h", "Evelyn Hart", new(1942, 8, 30), "Heart failure. An advance directive is on file; her son Peter is her agent."),
        new("lucia-v", "Lucía Vargas Ortega", new(1968, 12, 13), "Lung cancer. Speaks Spanish, needs an interpreter; her husband Andrés helps."),
        new("thomas-n", "Thomas Nyberg", new(1977, 5, 8), "Almost nothing in the chart: no care team, no visit."),
        new("george-t", "George Tanaka", new(1951, 9, 25), "COPD. His partner Samuel reads the portal: what is told in confidence must not show there."),
        new("jaylen-p", "Jaylen Price", new(2011, 3, 14), "Sickle cell disease, a minor; lives with his mother Keisha."),
        new("anna-larsen", "Anna Larsen", new(1957, 6, 12), "Ovarian cancer. Easily taken for the next one."),
        new("ana-larson", "Ana Larson", new(1957, 6, 21), "Kidney disease. Easily taken for the one before."),
        new("marion-o", "Marion Oduya", new(1960, 7, 4), "Chronic liver disease. Another chart of hers was merged into this one."),
        new("marion-o-old", "Marion Oduya, old chart", new(1960, 7, 4), "Merged into the one before: nothing is written here until a person says which."),
        new("harold-k", "Harold Kim", new(1948, 2, 27), "Died on 29 October 2026; his wife June is still visited."),
        new("dana-w", "Dana Whitlock", new(1985, 10, 10), "A restricted chart: the EHR refuses to show it."),
    ];

    public int AgeOn(DateOnly day)
    {
        var years = day.Year - Born.Year;
        return Born.AddYears(years) > day ? years - 1 : years;
    }
}
