using System.Collections;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>A member of a class, looked at without the list that its property would make.</summary>
internal readonly struct Member(TypeFacts facts, string name)
{
    private readonly int _index = facts.IndexOf(name) is var index and >= 0 ? index : throw new ArgumentException($"{facts.TypeName} has no {name}");

    public bool IsIn(Base it) => it.At(_index) switch
    {
        null => it.Kept?.Has(it.Facts.Elements[_index].Name) == true,
        IList list => list.Count > 0,
        _ => true,
    };

    public int CountIn(Base it) => it.At(_index) switch
    {
        null => 0,
        IList list => list.Count,
        _ => 1,
    };

    public List<T> In<T>(Base it) => it.At(_index) as List<T> ?? None<T>.List;

    private static class None<T>
    {
        public static readonly List<T> List = [];
    }
}
