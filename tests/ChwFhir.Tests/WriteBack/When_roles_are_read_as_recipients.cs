using ChwFhir.Fhir.Model;
using ChwFhir.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_roles_are_read_as_recipients
{
    [TestCase("Nurse care manager", "nurse")]
    [TestCase("Primary care physician", "pcp")]
    [TestCase("General practitioner", "pcp")]
    [TestCase("Licensed clinical social worker", "social-work")]
    [TestCase("Palliative care nurse", "palliative-care")]
    [TestCase("Medical oncologist", "oncology")]
    [TestCase("Clinical pharmacist", "pharmacy")]
    [TestCase("Chaplain", "spiritual-care")]
    [TestCase("CHW supervisor", "supervisor")]
    [TestCase("Community health worker", "chw")]
    [TestCase("Front desk", "front-desk")]
    [TestCase("Cardiologist", null)]
    public void A_role_answers_to_a_word(string role, string? word) =>
        Assert.That(CareRoles.Of(new CodeableConcept { Text = role }), Is.EqualTo(word is null ? Array.Empty<string>() : [word]));
}
