using ChwFhir.Access;
using ChwFhir.Fhir.Model;
using Microsoft.Extensions.Options;

namespace ChwFhir.Journeys.Identity;

internal sealed class When_a_resource_is_labelled_as_sensitive
{
    private static readonly Sensitivity TheSite = new(Options.Create(new SensitivityOptions { Withhold = "PSY, SUD" }));

    [TestCase("R", Role.Chw, true)]
    [TestCase("V", Role.Chw, true)]
    [TestCase("SUD", Role.Chw, true)]
    [TestCase("N", Role.Chw, false)]
    [TestCase("HIV", Role.Chw, false)]
    [TestCase("R", Role.Nurse, false)]
    [TestCase("SUD", Role.Supervisor, false)]
    public void CHWs_are_not_shown_it(string label, Role role, bool isWithheld)
    {
        var patient = new Patient { Meta = new Meta() };
        patient.Meta.Security.Add(new Coding { Code = label });

        Assert.That(TheSite.IsWithheld(new Caller("a", "a", new HashSet<Role> { role }, null, CallerKind.Token, null), patient), Is.EqualTo(isWithheld));
    }
}
