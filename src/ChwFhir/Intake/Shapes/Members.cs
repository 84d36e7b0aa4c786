namespace ChwFhir.Intake.Shapes;

/// <summary>
/// The members of one JSON object, asked for by name, always all of them and in the same order. The same asking reads a note
/// (<see cref="ReadingMembers"/>) and describes it (<see cref="DescribingMembers"/>).
/// </summary>
internal abstract class Members
{
    public abstract T? Optional<T>(string name, Kind<T> kind);
    public abstract T? Required<T>(string name, Kind<T> kind);

    /// <summary>At least one of these members must be there.</summary>
    public abstract void AnyOf(params ReadOnlySpan<string> names);

    public string? Text(string name) => Optional(name, Kinds.Text);
    public string RequiredText(string name) => Required(name, Kinds.Text) ?? "";
    public string? Id(string name) => Optional(name, Kinds.Id);
    public string RequiredId(string name) => Required(name, Kinds.Id) ?? "";
    public string? Date(string name) => Optional(name, Kinds.Date);
    public DateTimeOffset? Time(string name) => Optional(name, Kinds.Time);
    public DateTimeOffset RequiredTime(string name) => Required(name, Kinds.Time) ?? default;
    public bool? YesNo(string name) => Optional(name, Kinds.YesNo);
    public bool Flag(string name) => Optional(name, Kinds.YesNo) ?? false;
    public int? Whole(string name, int from = 0, int to = int.MaxValue) => Optional(name, WholeKind.Between(from, to));
    public int RequiredWhole(string name, int from = 0, int to = int.MaxValue) => Required(name, WholeKind.Between(from, to)) ?? 0;
    public decimal? NotNegative(string name) => Optional(name, Kinds.NotNegative);
    public T? Word<T>(string name) where T : struct, Enum => Optional(name, WordKind<T>.One);
    public T Word<T>(string name, T otherwise) where T : struct, Enum => Optional(name, WordKind<T>.One) ?? otherwise;
    public T RequiredWord<T>(string name) where T : struct, Enum => Required(name, WordKind<T>.One) ?? default;
    public IReadOnlyList<string> Texts(string name) => Optional(name, Kinds.Texts) ?? [];
    public IReadOnlyList<T> List<T>(string name, ListKind<T> kind) => Optional(name, kind) ?? [];
}
