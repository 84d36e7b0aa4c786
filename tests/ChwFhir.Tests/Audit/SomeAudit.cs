using ChwFhir.Audit;
using ChwFhir.Queue;
using ChwFhir.Tests.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChwFhir.Tests.Audit;

/// <summary>An audit log on a real store, and the hands of somebody who can change the database behind its back.</summary>
internal sealed class SomeAudit : IAsyncDisposable
{
    private SomeAudit(SomeStore some, AuditLog log) => (Some, Log) = (some, log);

    public SomeStore Some { get; }

    public AuditLog Log { get; }

    public static async Task<SomeAudit> OpenAsync(string provider)
    {
        var some = await SomeStore.OpenAsync(provider);
        return new SomeAudit(some, LogOf(some.Store, some, "main"));
    }

    public static AuditLog LogOf(NoteStore store, SomeStore some, string chain) =>
        new(store, Options.Create(new AuditOptions { Instance = chain }), some.Clock, NullLogger<AuditLog>.Instance);

    public static AuditRecord Read(string patient, string subject = "chw-1") => new() { Action = AuditAction.Read, Subject = subject, Kind = "overview", Patient = patient };

    public async Task AppendAsync(params IEnumerable<string> patients)
    {
        foreach (var patient in patients)
            await Log.AppendAsync(Read(patient), default);
    }

    public async Task<IReadOnlyList<string>> FaultsAsync(params AuditHead[] known) => [.. (await Log.VerifyAsync(known, default)).Faults.Select(fault => fault.ToString())];

    public async Task<AuditHead> HeadAsync() => (await Log.HeadsAsync(default)).Single();

    /// <summary>As somebody with the database's own tools does it, who takes the triggers away first.</summary>
    public Task TamperAsync(string sql, params object?[] values) => Some.Store.WriteAsync(
        session =>
        {
            session.Script(Some.IsShared ? "ALTER TABLE audit_record DISABLE TRIGGER ALL" : "DROP TRIGGER IF EXISTS audit_record_stays; DROP TRIGGER IF EXISTS audit_record_is_kept");
            return session.Execute(sql, values);
        },
        default);

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Some.DisposeAsync();
    }
}
