namespace ChwFhir.Fhir.Generator;

/// <summary>One file a type: the class, its components, its enums, and how each writes, reads and copies itself.</summary>
internal static class TypeEmitter
{
    public static string Emit(TypeModel type)
    {
        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        text.Open($"public partial class {type.Root.Name} : {type.Root.Base}");
        Members(text, type.Root);
        foreach (var model in type.Enums.Where(model => model.Owner == type.Root.Name))
            Enum(text.Line(), model);
        foreach (var component in type.Components)
        {
            text.Line().Open($"public partial class {component.Name} : {component.Base}");
            Members(text, component);
            text.Close();
        }

        return text.Close().ToString();
    }

    public static string EmitShared(EnumModel model)
    {
        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        Enum(text, model);

        return text.ToString();
    }

    private static void Enum(SourceText text, EnumModel model)
    {
        text.Line($"// {model.ValueSet}").Open($"public enum {model.Name}");
        foreach (var member in Naming.EnumMembers(model.Codes.Select(code => code.Code)))
            text.Line(member + ",");
        text.Close();
    }

    private static void Members(SourceText text, ClassModel model)
    {
        foreach (var element in model.Elements.Where(element => element.IsList || element.Kind == ElementKind.Instant))
            text.Line(element.IsList ? $"private List<{Item(element)}>? {element.Field};" : $"private string? {element.Field};");
        text.Line($"public override string TypeName => \"{model.TypeName}\";");
        if (model.IsChoice)
            text.Line($"internal override DataKind Kind => DataKind.{model.Name};");
        foreach (var element in model.Elements)
            Property(text, element);

        CodeEmitter.Rules(text.Line(), model);
        text.Line().Line($"private protected override Base New() => new {model.Name}();");
        if (model.Elements.Count == 0)
            return;

        CodeEmitter.Write(text.Line(), model);
        CodeEmitter.Read(text.Line(), model);
        CodeEmitter.Copy(text.Line(), model);
        CodeEmitter.Children(text, model);
    }

    private static void Property(SourceText text, ElementModel element)
    {
        if (element.IsList && element.IsPrimitive)
            text.Line($"[AllowNull] public IEnumerable<{Item(element)}> {element.Property} {{ get => {element.Field} ??= []; set => {element.Field} = value is null ? null : [.. value]; }} // {element.Facts}");
        else if (element.IsList)
            text.Line($"[AllowNull] public List<{Item(element)}> {element.Property} {{ get => {element.Field} ??= []; set => {element.Field} = value; }} // {element.Facts}");
        else if (element.Kind == ElementKind.Instant)
            text.Line($"public {element.Type}? {element.Property} {{ get => InstantText.Parse({element.Field}); set => {element.Field} = InstantText.Of(value); }} // {element.Facts}");
        else
            text.Line($"public {element.Type}? {element.Property} {{ get; set; }} // {element.Facts}");
    }

    private static string Item(ElementModel element) => element.IsPrimitive ? element.Type + "?" : element.Type;
}
