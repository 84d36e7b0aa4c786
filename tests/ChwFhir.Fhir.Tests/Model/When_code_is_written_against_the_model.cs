using System.Reflection;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Tests.Json;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Model;

/// <summary>So that the Firely .NET SDK can take the model's place: names are its names, and nothing else is used outside the model's own folders.</summary>
public sealed class When_code_is_written_against_the_model
{
    // Data types that the list leaves out since no element that was listed holds them.
    private static readonly string[] NotListed = ["Contributor", "Count", "DataRequirement", "Distance", "ParameterDefinition", "TriggerDefinition"];

    // What the helpers and bases offer, Firely's too.
    private static readonly HashSet<string> Behaviour =
    [
        ".ctor", "get_TypeName", "get_Children", "DeepCopy", "get_Value", "set_Value", "get_ObjectValue", "set_ObjectValue", "ToString", "op_Implicit",
        "GetExtension", "GetExtensions", "GetExtensionValue", "GetStringExtension", "SetStringExtension", "AddExtension", "SetExtension", "RemoveExtension",
        "get_SelfLink", "set_SelfLink", "get_FirstLink", "set_FirstLink", "get_PreviousLink", "set_PreviousLink", "get_NextLink", "set_NextLink", "get_LastLink", "set_LastLink",
        "GetResources", "Add", "get_IsContainedReference", "get_Url", "set_Url", "GetLiteral", "ParseLiteral", "GetSystem", "get_Expression_", "set_Expression_",
    ];

    // Of both: they stand beside either model.
    private static readonly string[] OfBoth = ["Concepts", "References", "Transactions"];

    private static IEnumerable<Type> TheTypes => typeof(Resource).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == "ChwFhir.Fhir.Model" && !type.IsInterface && !(type is { IsAbstract: true, IsSealed: true }));

    [Test]
    public void Every_class_and_property_has_Firelys_name()
    {
        var strange = TheTypes
            .Where(type => type.IsSubclassOf(typeof(Base)) && !type.IsSubclassOf(typeof(PrimitiveType)) && type != typeof(PrimitiveType) && type != typeof(UnmodelledResource) && type != typeof(BackboneType))
            .Where(type => !NotListed.Contains(Name(type).Split('.')[0]))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(property => !Behaviour.Contains("get_" + property.Name) && !FirelyNames.HasMember(Name(type), property.Name) || !FirelyNames.HasClass(Name(type)))
                .Select(property => $"{Name(type)}.{property.Name}"));

        Assert.That(strange, Is.Empty);
    }

    [Test]
    public void Every_enum_has_Firelys_members_and_codes()
    {
        var compared = 0;
        var strange = new List<string>();
        foreach (var type in TheTypes.Where(type => type.IsEnum))
        {
            if (FirelyNames.Enum(Name(type)) is not { } listed)
                continue;
            compared++;
            var literal = typeof(EnumUtility).GetMethod(nameof(EnumUtility.GetLiteral))!.MakeGenericMethod(type);
            strange.AddRange(Enum.GetValues(type).Cast<object>().Select(member => $"{member}={literal.Invoke(null, [member])}").Except(listed).Select(member => $"{Name(type)}: {member}"));
        }

        Assert.That(compared, Is.GreaterThan(80));
        Assert.That(strange, Is.Empty);
    }

    [TestCase("ChwFhir.Fhir")]
    [TestCase("ChwFhir")]
    [TestCase("ChwFhir.Api")]
    [TestCase("ChwFhir.Sandbox")]
    public void Nothing_is_used_that_Firelys_model_does_not_have(string project)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Repository.Path("src", project, "bin", build.Parent!.Name, build.Name, project + ".dll");

        var strange = ModelUses.In(assembly, OfBoth).Where(use => !IsFirelys(use)).Select(use => $"{use.Type}.{use.Member} in {use.By}").Distinct();

        Assert.That(strange, Is.Empty);
    }

    private static bool IsFirelys((string Type, string Member, string By) use) =>
        OfBoth.Contains(use.Type.Split('.')[0])
        || Behaviour.Contains(use.Member)
        || use.Member.Length > 4 && FirelyNames.HasMember(use.Type, use.Member[4..]);

    private static string Name(Type type) => type.FullName!["ChwFhir.Fhir.Model.".Length..].Replace('+', '.');
}
