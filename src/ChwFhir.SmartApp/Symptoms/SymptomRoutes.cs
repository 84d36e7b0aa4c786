using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Symptoms;

/// <summary>Symptoms over time of a patient.</summary>
internal static class SymptomRoutes
{
    public static void MapSymptoms(this RouteGroupBuilder patient)
    {
        patient.MapGet("/symptoms", (HttpContext context, SymptomReader reader, Screens screens) => ShowAsync<SymptomsPage>(context, reader, screens)).Audited("symptoms");
        patient.MapPart(SymptomsPart.Name, (HttpContext context, SymptomReader reader, Screens screens) => ShowAsync<SymptomsPart>(context, reader, screens));
    }

    private static Task<IResult> ShowAsync<T>(HttpContext context, SymptomReader reader, Screens screens) where T : Microsoft.AspNetCore.Components.IComponent =>
        screens.ShowAsync<T>(context.Patient(), (nameof(SymptomsPart.Of), reader.ReadAsync(context.Patient())));
}
