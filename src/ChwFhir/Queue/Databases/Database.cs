using System.Data.Common;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue.Databases;

/// <summary>The database under the store: how to reach it, and the few things that it says or does unlike the other. All other SQL is written once.</summary>
internal abstract class Database : IDisposable
{
    private long ahead;

    /// <summary>Folder of its migrations.</summary>
    public abstract string Scripts { get; }

    /// <summary>Where it keeps what it keeps, for a person; never a connection string, which holds a password.</summary>
    public abstract string Place { get; }

    /// <summary>How many writers an instance has, and how many writes one of them may put into one transaction.</summary>
    public abstract (int Writers, int LargestGroup) Writing { get; }

    /// <summary>Other instances write at the same time: what a write decides upon must be locked before it is looked at.</summary>
    public abstract bool Shared { get; }

    /// <summary>Behind a SELECT: takes the row, or waits for whoever has it. Empty where only one writes.</summary>
    public abstract string Locked(string table);

    /// <summary>Behind a SELECT: takes the row, and passes over those that somebody else has.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>A SELECT of the texts in a JSON array.</summary>
    public abstract string TextsIn(string parameter);

    /// <summary>A SELECT of the whole numbers in a JSON array.</summary>
    public abstract string NumbersIn(string parameter);

    /// <summary>An open connection. Readers see what is committed and cannot change it.</summary>
    public abstract DbConnection Connect(bool readOnly);

    /// <summary>Starts a transaction; a reading one sees one committed moment.</summary>
    public abstract string Begin(bool readOnly);

    /// <summary>A SELECT of the moment by the database's own clock in Unix milliseconds; null where the service's clock counts.</summary>
    public virtual string? Moment => null;

    /// <summary>How far the database's own clock was ahead of ours when it was last asked, in milliseconds; 0 where the service's clock counts.</summary>
    public long Ahead
    {
        get => Interlocked.Read(ref ahead);
        set => Interlocked.Exchange(ref ahead, value);
    }

    /// <summary>What seals the values of its columns and opens them; null until the store is open.</summary>
    public Vault? Vault { get; set; }

    /// <summary>A query for a number that no row of the table has or had.</summary>
    public abstract string NextNumber(string table, string column);

    /// <summary>Takes what was overwritten or removed out of the files too, as far as that can be done from here.</summary>
    public abstract void Sweep(Session session);

    /// <summary>How a value that the caller gave is stored.</summary>
    public abstract object Stored(object value);

    /// <summary>The parameters of a statement, in order.</summary>
    public abstract DbParameter Parameter(int position);

    /// <summary>Nothing was done because somebody else was faster: the same work done again will look anew.</summary>
    public abstract bool IsRace(Exception failure);

    /// <summary>Runs it while no other instance can, also those that start at this moment.</summary>
    public abstract T Alone<T>(Session session, Func<T> work);

    /// <summary>Looks, beside the writers, whether there is room for what they write.</summary>
    /// <exception cref="System.IO.IOException">There is none.</exception>
    public virtual void ProbePlace() { }

    /// <summary>A write that changes nothing and is flushed as any other.</summary>
    public abstract void Probe(Session session);

    /// <summary>Tells the other instances that a lane may be due. Not promised to arrive.</summary>
    public virtual void Tell() { }

    /// <summary>Calls back when another instance may have made a lane due.</summary>
    public virtual void Listen(Action ring) { }

    /// <summary>The longest time to trust in being told; null when everything that happens is known here.</summary>
    public virtual TimeSpan? LookAgainAfter => null;

    /// <summary>A start that cannot go on, in one line that a person can act on; null when it is a bug of ours.</summary>
    public abstract StorageInUseException? WhyNotOpened(Exception failure);

    /// <summary>It may be reached if one waits.</summary>
    public virtual bool MayComeBack(Exception failure) => false;

    public abstract void Dispose();
}
