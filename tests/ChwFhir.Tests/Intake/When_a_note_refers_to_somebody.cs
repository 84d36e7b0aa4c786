using ChwFhir.Intake;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake;

internal sealed class When_a_note_refers_to_somebody
{
    [TestCase("RelatedPerson/rp-1")]
    [TestCase("RelatedPerson/rp.1/_history/3")]
    [TestCase("http://ehr/RelatedPerson/1")]
    [TestCase("https://ehr.example:8443/api/FHIR/R4/RelatedPerson/eAbc-9.x")]
    public void A_FHIR_reference_is_taken(string reference) => Assert.That(Codes(reference), Is.Empty);

    [TestCase("RelatedPerson")]
    [TestCase("RelatedPerson/")]
    [TestCase("/RelatedPerson/1")]
    [TestCase("relatedperson/1")]
    [TestCase("fhir/RelatedPerson/1")]
    [TestCase("ftp://ehr/RelatedPerson/1")]
    [TestCase("https:///RelatedPerson/1")]
    [TestCase("https://ehr/R4?x=1/RelatedPerson/1")]
    [TestCase("https://ehr/R 4/RelatedPerson/1")]
    [TestCase("RelatedPerson/1/_history/")]
    [TestCase("RelatedPerson/1/_history/1/2")]
    [TestCase("RelatedPerson/1?x")]
    [TestCase("RelatedPerson/ü")]
    [TestCase("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0")]
    [TestCase("#contained")]
    public void Anything_else_is_refused(string reference) => Assert.That(Codes(reference), Is.EqualTo(new[] { "bad-reference" }));

    [TestCase("https://ehr/fhir/Patient/1", "https://ehr/fhir/Patient/1", ExpectedResult = 0)]
    [TestCase("https://ehr/fhir/Patient/1", "Patient/1", ExpectedResult = 0)]
    [TestCase("Patient/1", "Patient/1/_history/2", ExpectedResult = 0)]
    [TestCase("https://ehr/fhir/Patient/1", "https://other/fhir/Patient/1", ExpectedResult = 1)]
    [TestCase("Patient/1", "Patient/2", ExpectedResult = 1)]
    [TestCase("Patient/a", "Patient/A", ExpectedResult = 1)]
    public int The_patient_is_known_by_id_and_server(string patient, string other) =>
        Faults(SomeNote.Small().Set("/patient", $"{{\"reference\": \"{patient}\"}}").Set("/visit/participants", $"[{{\"reference\": \"{other}\"}}]")).Count(fault => fault.Code == "another-patient");

    private static IEnumerable<string> Codes(string reference) =>
        Faults(SomeNote.Small().Set("/visit/participants", $"[{{\"reference\": \"{reference}\"}}]")).Select(fault => fault.Code);

    private static IReadOnlyList<NoteFault> Faults(SomeNote note) =>
        VisitNoteReader.Read(note.Bytes(), new IntakeOptions()) is VisitNoteReading.Invalid invalid ? invalid.Faults : [];
}
