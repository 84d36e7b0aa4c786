using System.Globalization;

namespace ChwFhir.Api.Pages;

/// <summary>States and times as the window says them. Never a bare tick: the words say what is safe.</summary>
public static class InWords
{
    /// <summary>A note's state, and the class that colours it.</summary>
    public static (string Words, string Look) Note(string state) => state switch
    {
        "queued" => ("Waiting to send", "going"),
        "writing" => ("Sending", "going"),
        "written" => ("In the chart", "done"),
        "needs-attention" => ("Needs a person", "ask"),
        "retracted" => ("Taken back", "kept"),
        _ => (state, "kept"),
    };

    /// <summary>A resource's state, and the class that colours it.</summary>
    public static (string Words, string Look) Resource(ResourceStatus resource, string noteState) => resource.State switch
    {
        "written" or "existing" when resource.How == "entered in error" => ("In the chart, marked as an error", "kept"),
        "pending" when noteState == "writing" => ("Sending", "going"),
        "pending" => ("Waiting to send", "going"),
        "written" or "existing" => ("In the chart", "done"),
        "folded" => ("In the chart as part of the note", "part"),
        "kept" => ("Kept here", "kept"),
        "held" => ("Waiting for a clinician to reconcile", "ask"),
        "unknown" => ("Not sure it arrived", "ask"),
        "refused" => ("Refused", "no"),
        var state => (state, "kept"),
    };

    /// <summary>What a plan does with a resource.</summary>
    public static string Will(string will) => will switch
    {
        "create" => "Goes into the chart",
        "update" => "Changes what is in the chart",
        "fold" => "Goes into the chart as part of the note",
        "keep" => "Kept here",
        "use-existing" => "Is in the chart already",
        _ => will,
    };

    /// <summary>What a suggestion would become: "Concern: food insecurity".</summary>
    public static string Suggestion(NoteSuggestion suggestion)
    {
        var kind = suggestion.Kind switch { "concern" => "Concern", "symptom" => "Symptom", "goal" => "Goal", "follow-up" => "What comes next", var other => other };
        var code = suggestion.Code?.Replace('-', ' ');
        var more = (Member("score"), Member("nextVisit")) switch { ({ } score, _) => $", {score} of 10", (_, { } day) => $": next visit on {day}", _ => "" };
        return suggestion.Held ? kind ?? "Held back" : $"{kind}{(code is null ? "" : $": {code}")}{more}";

        string? Member(string name) => suggestion.Part is { ValueKind: System.Text.Json.JsonValueKind.Object } part && part.TryGetProperty(name, out var value) ? value.ToString() : null;
    }

    /// <summary>What a person calls a resource.</summary>
    public static string Type(string type, string key) => type switch
    {
        "Encounter" => "The visit",
        "DocumentReference" when key == "note" => "The note itself",
        "DocumentReference" when key.StartsWith("note.", StringComparison.Ordinal) => "The note as it was before",
        "DocumentReference" when key == "retraction" => "What takes the note back",
        "DocumentReference" => "Document",
        "CarePlan" => "Care plan",
        "Communication" => "Message to the team",
        "Condition" => "Concern",
        "Observation" => "Observation",
        "QuestionnaireResponse" => "Screening answers",
        "ServiceRequest" => "Referral",
        "RelatedPerson" => "Caregiver or family",
        "Goal" => "Goal",
        "Task" => "To do",
        "Consent" => "Consent",
        "MedicationStatement" => "Medicine at home",
        "Provenance" => "Who wrote it",
        _ => type,
    };

    /// <summary>What is read first comes first: the note, the visit, the plan, then the rest as it stands in the note.</summary>
    public static IEnumerable<ResourceStatus> InOrder(IEnumerable<ResourceStatus> resources) => resources.OrderBy(resource => resource.Key switch
    {
        "note" or "retraction" => 0,
        "encounter" => 1,
        "care-plan" => 2,
        "provenance" => 4,
        _ => 3,
    });

    /// <summary>The name of somebody who lives in the sandbox, else the reference.</summary>
    public static string Patient(string? reference) =>
        SandboxPatient.All.FirstOrDefault(patient => reference == $"Patient/{patient.Id}")?.Name ?? reference ?? "Patient not known yet";

    /// <summary><c>Tue 3 Nov, 14:05 (2 minutes ago)</c>, in the offset of the time itself.</summary>
    public static string Time(DateTimeOffset time, DateTimeOffset now)
    {
        var ago = now - time;
        var words = ago.TotalSeconds < 60 ? "just now"
            : ago.TotalMinutes < 60 ? Count(ago.TotalMinutes, "minute")
            : ago.TotalHours < 24 ? Count(ago.TotalHours, "hour")
            : Count(ago.TotalDays, "day");
        return $"{time.ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture)} ({words})";
    }

    private static string Count(double number, string unit) => $"{(int)number} {unit}{((int)number == 1 ? "" : "s")} ago";
}
