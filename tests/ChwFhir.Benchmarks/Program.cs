using BenchmarkDotNet.Running;
using ChwFhir.Benchmarks;

// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- --filter '*'      one note, one Bundle, one row
// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- door              64 callers at the door
if (args is ["door"])
{
    await DoorLoad.RunAsync();
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(QueueBenchmarks).Assembly).Run(args);
