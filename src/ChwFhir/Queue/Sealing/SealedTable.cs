namespace ChwFhir.Queue.Sealing;

/// <summary>A table with columns that are sealed.</summary>
/// <param name="Keys">The columns that name a row to the database.</param>
/// <param name="NamedBy">Those by which it is named to its seals.</param>
/// <param name="Row">What seals call a row of which these columns are known.</param>
internal sealed record SealedTable(string Name, IReadOnlyList<string> Keys, IReadOnlyList<string> NamedBy, Func<object[], RowName> Row, IReadOnlyList<SealedColumn> Columns);
