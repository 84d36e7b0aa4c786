using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ChwFhir.Fhir.Tests.Model;

/// <summary>Which members of the model the code of an assembly uses, read from its IL without loading it.</summary>
internal static class ModelUses
{
    private const string ModelNamespace = "ChwFhir.Fhir.Model";

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields().Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => code.Value);

    /// <summary>Uses by types outside the model's own folders; of the model's namespace only <paramref name="outside"/> are such.</summary>
    public static IEnumerable<ModelUse> In(string assembly, string[] outside)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var uses = new List<ModelUse>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            var (space, by) = NameOf(metadata, method.GetDeclaringType());
            if (method.RelativeVirtualAddress == 0 || IsTheModels(space, by, outside))
                continue;
            foreach (var token in Tokens(file.GetMethodBody(method.RelativeVirtualAddress).GetILReader()))
            {
                if (MemberOf(metadata, token) is { } member && member.Space == ModelNamespace)
                    uses.Add(new ModelUse(member.Type, member.Name, member.Parameters, space, by));
            }
        }

        return uses;
    }

    private static bool IsTheModels(string space, string type, string[] outside) =>
        space == ModelNamespace && !outside.Contains(type.Split('.')[0])
        || space == "ChwFhir.Fhir" && (type.StartsWith("FhirJson", StringComparison.Ordinal) || type.StartsWith("FhirReading", StringComparison.Ordinal))
        || space.StartsWith("ChwFhir.Fhir.Validation", StringComparison.Ordinal);

    private static IEnumerable<EntityHandle> Tokens(BlobReader il)
    {
        var found = new List<EntityHandle>();
        while (il.RemainingBytes > 0)
        {
            short value = il.ReadByte();
            if (value == 0xFE)
                value = (short)(0xFE00 | il.ReadByte());
            switch (OpCodes[value].OperandType)
            {
                case OperandType.InlineMethod or OperandType.InlineTok:
                    found.Add((EntityHandle)MetadataTokens.Handle(il.ReadInt32()));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    il.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.Offset += 8;
                    break;
                case OperandType.InlineSwitch:
                    var cases = il.ReadInt32();
                    il.Offset += 4 * cases;
                    break;
                default:
                    il.Offset += 4;
                    break;
            }
        }

        return found;
    }

    private static (string Space, string Type, string Name, string Parameters)? MemberOf(MetadataReader metadata, EntityHandle token)
    {
        switch (token.Kind)
        {
            case HandleKind.MethodSpecification:
                return MemberOf(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)token).Method);
            case HandleKind.MethodDefinition:
                var definition = metadata.GetMethodDefinition((MethodDefinitionHandle)token);
                var (space, type) = NameOf(metadata, definition.GetDeclaringType());
                return (space, type, metadata.GetString(definition.Name), Parameters(definition.DecodeSignature(SignatureNames.Of, null)));
            case HandleKind.MemberReference:
                var reference = metadata.GetMemberReference((MemberReferenceHandle)token);
                if (reference.Parent.Kind != HandleKind.TypeReference)
                    return null;
                var (otherSpace, otherType) = NameOf(metadata, (TypeReferenceHandle)reference.Parent);
                var parameters = reference.GetKind() == MemberReferenceKind.Method ? Parameters(reference.DecodeMethodSignature(SignatureNames.Of, null)) : "";
                return (otherSpace, otherType, metadata.GetString(reference.Name), parameters);
            default:
                return null;
        }
    }

    private static string Parameters(MethodSignature<string> signature) => string.Join(", ", signature.ParameterTypes);

    private static (string Space, string Type) NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        if (type.GetDeclaringType() is var outer && outer.IsNil)
            return (metadata.GetString(type.Namespace), name);

        var (space, outerName) = NameOf(metadata, outer);

        return (space, $"{outerName}.{name}");
    }

    private static (string Space, string Type) NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind != HandleKind.TypeReference)
            return (metadata.GetString(type.Namespace), name);

        var (space, outerName) = NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope);

        return (space, $"{outerName}.{name}");
    }
}
