using ChwFhir.Fhir.Generator;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Model;

public sealed class When_the_model_is_generated_again
{
    [Test]
    public void Nothing_differs_from_what_is_committed()
    {
        Needs.ForeignFhir();
        var root = Testing.Repository.Root;

        var definitions = Definitions.Load(Generator.Repository.Definitions(root));
        var generated = ModelGenerator.Generate(definitions);

        var committed = Directory.EnumerateFiles(Generator.Repository.Output(root), "*.cs").ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        Assert.That(committed.Keys, Is.EquivalentTo(generated.Keys));
        Assert.That(generated.Where(file => committed[file.Key] != file.Value).Select(file => file.Key), Is.Empty);
        Assert.That(BaseElements.Generate(definitions), Is.EqualTo(File.ReadAllText(Generator.Repository.BaseElements(root))));
    }
}
