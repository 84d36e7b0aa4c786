namespace ChwFhir.Fhir.Model;

/// <summary>What every resource, data type and component is.</summary>
public abstract partial class Base : IDeepCopyable
{
    /// <summary>The FHIR name; of a component, the type's and its own: <c>Encounter#Participant</c>.</summary>
    public abstract string TypeName { get; }

    /// <summary>The objects directly below, in the order of the specification. Plain values are no objects.</summary>
    public IEnumerable<Base> Children
    {
        get
        {
            var children = new List<Base>();
            AddChildren(children);

            return children;
        }
    }

    /// <summary>A copy that shares nothing that can change.</summary>
    public IDeepCopyable DeepCopy()
    {
        var copy = New();
        CopyTo(copy);

        return copy;
    }

    private protected abstract Base New();

    private protected virtual void CopyTo(Base copy) => copy.Kept = Kept?.Copy();

    private protected virtual void AddChildren(List<Base> to)
    {
    }

    private protected static T? Copied<T>(T? value)
        where T : Base =>
        (T?)value?.DeepCopy();

    private protected static List<T>? Copied<T>(List<T>? values)
        where T : Base =>
        values?.ConvertAll(value => (T)value.DeepCopy());

    private protected static void Add(List<Base> to, Base? child)
    {
        if (child is not null)
            to.Add(child);
    }

    private protected static void Add(List<Base> to, IEnumerable<Base>? children)
    {
        if (children is not null)
            to.AddRange(children);
    }
}
