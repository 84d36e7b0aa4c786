using BenchmarkDotNet.Running;
using ChwFhir.Benchmarks;

// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- --filter '*'      one note, one Bundle, one row
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- door              64 callers at the door
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- write-back        waiting notes to an EHR that answers at once, then to the foreign FHIR server
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- write-back foreign   the latter alone
switch (args)
{
    case ["door"]:
        await DoorLoad.RunAsync();
        return;
    case ["write-back", "foreign"]:
        await WriteBackLoad.AgainstForeignAsync();
        return;
    case ["write-back"]:
        await WriteBackLoad.RunAsync();
        return;
}
BenchmarkSwitcher.FromAssembly(typeof(QueueBenchmarks).Assembly).Run(args);
