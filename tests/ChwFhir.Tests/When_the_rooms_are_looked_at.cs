namespace ChwFhir.Tests;

public sealed class When_the_rooms_are_looked_at
{
    /// <summary>The framework reference brings ASP.NET within reach; the door alone may use it.</summary>
    [TestCase(typeof(VisitNoteJourney))]
    [TestCase(typeof(ChwFhir.Fhir.FhirJson))]
    public void The_way_of_a_note_and_its_language_know_nothing_of_the_web_server(Type room)
    {
        var leansOn = room.Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        Assert.That(leansOn, Has.Some.EqualTo("System.Runtime"));
        Assert.That(leansOn.Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)), Is.Empty);
    }
}
