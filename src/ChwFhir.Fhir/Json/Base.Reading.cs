namespace ChwFhir.Fhir.Model;

// How an object reads itself: the loop is here, generated code knows the members.
public abstract partial class Base
{
    /// <summary>Whether members that the class does not know belong to it all the same.</summary>
    internal virtual bool KeepsAll => false;

    /// <summary>Reads the members of the object that has just been opened.</summary>
    internal void ReadFrom(ref FhirReader json)
    {
        ulong seen = 0;
        while (json.NextMember(out var name))
        {
            if (name is [(byte)'_', ..] && !KeepsAll)
            {
                if (!json.Beside(this, name[1..]))
                    json.Extras(this, name, ref seen);
            }
            else if (!ReadMember(ref json, name, ref seen) && !ReadChoice(ref json, name, beside: false))
            {
                json.Unknown(this, name);
            }
        }
    }

    /// <summary>Reads one member, whose value comes next; false when the type has none of that name. <paramref name="seen"/> has a bit a member.</summary>
    internal virtual bool ReadMember(ref FhirReader json, ReadOnlySpan<byte> name, ref ulong seen) => false;

    /// <summary>Reads an element of several types, or with <paramref name="beside"/> the id and extensions of its primitive.</summary>
    internal virtual bool ReadChoice(ref FhirReader json, ReadOnlySpan<byte> name, bool beside) => false;

    internal Kept Keep() => Kept ??= new Kept();
}
