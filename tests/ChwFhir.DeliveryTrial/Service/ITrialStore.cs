using System.Data.Common;

namespace ChwFhir.DeliveryTrial.Service;

/// <summary>Where the service keeps its notes during a trial.</summary>
internal interface ITrialStore : IAsyncDisposable
{
    string Name { get; }

    /// <summary>How many processes of the service share it.</summary>
    int Instances { get; }

    IEnumerable<(string Name, string Value)> Settings { get; }

    /// <summary>Kills the database server and starts it again; false where there is none.</summary>
    Task<bool> KillAsync();

    /// <summary>A connection to look into the ledger, after the service has ended.</summary>
    /// <param name="folder">Where the service's first process kept its files.</param>
    Task<DbConnection> OpenAsync(string folder, CancellationToken cancellationToken);
}
