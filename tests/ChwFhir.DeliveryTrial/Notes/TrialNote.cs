namespace ChwFhir.DeliveryTrial.Notes;

/// <summary>One visit note that is sent, and what must stand in the chart for it.</summary>
/// <param name="Id">The caller's id.</param>
/// <param name="Patient">As <c>Patient/p1</c>.</param>
/// <param name="Visit">The how-manieth visit: the notes of one patient are sent in this order.</param>
/// <param name="Json">The body of the <c>POST</c>.</param>
/// <param name="Parts">Keys of the note's own parts, without the note's id.</param>
/// <param name="Lasting">Keys of what lives across the patient's visits, without the patient.</param>
internal sealed record TrialNote(string Id, string Patient, int Visit, string Json, IReadOnlyList<string> Parts, IReadOnlyList<string> Lasting)
{
    public string PatientId => Patient["Patient/".Length..];
}
