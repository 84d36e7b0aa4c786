using BenchmarkDotNet.Running;
using ChwFhir.Benchmarks;
using ChwFhir.Benchmarks.Ccda;
using ChwFhir.Queue;

// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- --filter '*'      one note, one Bundle, one row
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- door              64 callers at the door; --provider postgres
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- receipts          the store alone, notes a second by 1, 32 and 128 callers
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- long-queue        the same while 1,000 and while 1,000,000 notes wait
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- write-back        waiting notes to an EHR that answers at once, then to the foreign FHIR server
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- write-back foreign   the latter alone
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- overview          a patient's overview from an EHR that takes 200 ms for every answer
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- pages             every page that people read, from the same EHR
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- fhir-door         what /fhir needs for a patient with 200 notes
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- ccda              C-CDA documents, against an XmlReader walk and a peer
switch (args)
{
    case ["door"]:
        await DoorLoad.RunAsync(StorageOptions.Sqlite);
        return;
    case ["door", "--provider", StorageOptions.Sqlite or StorageOptions.Postgres]:
        await DoorLoad.RunAsync(args[2]);
        return;
    case ["receipts", ..]:
        await ReceiptLoad.RunAsync([.. args.Skip(1)]);
        return;
    case ["long-queue", ..]:
        await LongQueueLoad.RunAsync([.. args.Skip(1)]);
        return;
    case ["write-back", "foreign"]:
        await WriteBackLoad.AgainstForeignAsync();
        return;
    case ["overview"]:
        await OverviewLoad.RunAsync();
        return;
    case ["pages"]:
        await PagesLoad.RunAsync();
        return;
    case ["fhir-door"]:
        await FhirDoorLoad.RunAsync();
        return;
    case ["ccda"]:
        await CcdaLoad.RunAsync();
        return;
    case ["write-back"]:
        await WriteBackLoad.RunAsync();
        return;
}
BenchmarkSwitcher.FromAssembly(typeof(QueueBenchmarks).Assembly).Run(args);
