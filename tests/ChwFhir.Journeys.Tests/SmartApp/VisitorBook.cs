using System.Collections.Concurrent;
using ChwFhir.Access;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>Each person comes in once for a patient, and stays.</summary>
internal sealed class VisitorBook(AppTown town)
{
    private readonly ConcurrentDictionary<(Who, string), Lazy<Task<Visitor>>> here = new();

    public Task<Visitor> OfAsync(Who who, string patient) => here.GetOrAdd((who, patient), _ => new(() => who switch
    {
        Who.Clinician => town.LaunchAsync("onc-1", patient),
        Who.Nurse => town.LaunchAsync("nurse-1", patient),
        Who.SocialWorker => town.LaunchAsync("sw-1", patient),
        Who.Supervisor => town.LaunchAsync("sup-1", patient),
        Who.Chw => town.LaunchAsync("chw-1", patient),
        Who.ChwSignedIn => town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield"),
        Who.NurseSignedIn => town.SignInAsync(Role.Nurse, "nurse-1", "Paula Nurse"),
        Who.SocialWorkerSignedIn => town.SignInAsync(Role.SocialWorker, "sw-1", "Sam Social"),
        _ => town.SignInAsync(Role.Supervisor, "sup-1", "Sue Supervisor"),
    })).Value;
}
