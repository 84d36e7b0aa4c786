namespace ChwFhir.Fhir.Model;

public partial class Bundle
{
    public Uri? SelfLink { get => LinkTo("self"); set => LinkTo("self", value); }

    public Uri? FirstLink { get => LinkTo("first"); set => LinkTo("first", value); }

    public Uri? PreviousLink { get => LinkTo("previous") ?? LinkTo("prev"); set => LinkTo("previous", value); }

    public Uri? NextLink { get => LinkTo("next"); set => LinkTo("next", value); }

    public Uri? LastLink { get => LinkTo("last"); set => LinkTo("last", value); }

    /// <summary>The resources of the entries that have one.</summary>
    public IEnumerable<Resource> GetResources() => Entry.Select(entry => entry.Resource).OfType<Resource>();

    private Uri? LinkTo(string relation) =>
        _link?.Find(link => link.Relation == relation)?.Url is { } url && Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var uri) ? uri : null;

    private void LinkTo(string relation, Uri? uri)
    {
        Link.RemoveAll(link => link.Relation == relation);
        if (uri is not null)
            Link.Add(new LinkComponent { Relation = relation, Url = uri.OriginalString });
    }
}
