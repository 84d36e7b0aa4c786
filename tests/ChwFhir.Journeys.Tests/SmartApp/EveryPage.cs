namespace ChwFhir.Journeys.SmartApp;

/// <summary>
/// Every page of the app, by who opens it: those that axe looks at and that pictures are taken of. Whoever builds a page adds it here; what a supervisor decides on
/// is looked at where it is decided (<see cref="Inbox.When_a_supervisor_minds_the_desk"/>).
/// </summary>
internal static class EveryPage
{
    private const string Patient = "/patients/{patient}";

    public static IReadOnlyList<PageToSee> All { get; } =
    [
        // Who reads, from the chart.
        new("overview", Who.Clinician, Patient),
        new("visits", Who.Clinician, Patient + "/visits"),
        new("note", Who.Clinician, Patient + "/visits") { Then = "main .timeline a" },
        new("note-held", Who.SocialWorker, Patient + "/visits") { Then = $".timeline a[href$='{AppTown.Held}']" },
        new("plan", Who.Clinician, Patient + "/plan"),
        new("chw", Who.Clinician, Patient + "/chw"),
        new("plan-social", Who.SocialWorker, Patient + "/plan"),
        new("symptoms", Who.Clinician, Patient + "/symptoms"),
        new("messages", Who.Nurse, Patient + "/messages"),

        // The CHW, from the chart and by their own sign-in.
        new("chw-first", Who.Chw, Patient),
        new("before", Who.ChwSignedIn, Patient + "/before"),
        new("patients", Who.ChwSignedIn, "/patients"),

        // Across patients, and the desk.
        new("inbox", Who.NurseSignedIn, "/inbox"),
        new("inbox-social-worker", Who.SocialWorkerSignedIn, "/inbox"),
        new("me", Who.NurseSignedIn, "/me"),
        new("desk", Who.SupervisorSignedIn, "/desk"),
        new("desk-note", Who.SupervisorSignedIn, "/desk/notes/rosa-m-2026-11-03"),

        new("message", Who.Nurse, Patient + "/messages") { Then = ".message a.button" },
        new("inbox-message", Who.NurseSignedIn, "/inbox") { Then = ".inbox a.person" },
        new("huddle", Who.NurseSignedIn, "/huddle"),

        // Writing.
        new("visit-form", Who.Chw, Patient + "/visit/new"),
        new("visit-shell", Who.Chw, "/app/visit-shell/en"),
        new("visit-sent", Who.Chw, Patient + "/visit/rosa-m-2026-11-03") { Then = "h1" },
    ];
}
