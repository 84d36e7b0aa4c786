using System.Diagnostics;

namespace ChwFhir.WriteBack;

/// <summary>Traces of the way back: a note under our own number, the requests to the EHR inside it under route templates.</summary>
internal static class WriteBackTracing
{
    public const string Name = "ChwFhir.WriteBack";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>One try of one note.</summary>
    public static Activity? Try(long number, long lane)
    {
        var activity = Source.StartActivity("try note", ActivityKind.Consumer);
        activity?.SetTag("chwfhir.note", number);
        activity?.SetTag("chwfhir.lane", lane);
        return activity;
    }

    public static void End(Activity? activity, NoteEnding ending)
    {
        activity?.SetTag("chwfhir.ending", ending.GetType().Name);
        if (ending is NoteEnding.NeedsPerson needs)
            activity?.SetTag("chwfhir.issues", string.Join(' ', needs.Issues.Select(issue => issue.Code).Distinct()));
    }
}
