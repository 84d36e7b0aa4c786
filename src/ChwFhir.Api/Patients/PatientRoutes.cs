namespace ChwFhir.Api.Patients;

internal static class PatientRoutes
{
    public static void MapPatients(this IEndpointRouteBuilder api)
    {
    }
}
