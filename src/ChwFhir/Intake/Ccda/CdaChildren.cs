namespace ChwFhir.Intake.Ccda;

/// <summary>The children of an element, those of one name or all, without an enumerator on the heap: entries are walked by the thousand.</summary>
internal struct CdaChildren(CdaElement first, string? name)
{
    private CdaElement next = first;

    public CdaElement Current { get; private set; }

    public readonly CdaChildren GetEnumerator() => this;

    public bool MoveNext()
    {
        while (next.Exists)
        {
            Current = next;
            next = next.Next;
            if (name is null || Current.Name == name)
                return true;
        }
        return false;
    }
}
