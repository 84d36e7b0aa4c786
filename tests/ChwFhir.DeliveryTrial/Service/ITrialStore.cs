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
}
