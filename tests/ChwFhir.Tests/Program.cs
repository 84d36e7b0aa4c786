using ChwFhir.Tests.Queue;

// Tests start here through the test host; run by itself the assembly is a process to be killed.
return args is ["work-until-killed", var directory, var round] ? await WorkUntilKilled.RunAsync(directory, round) : 1;
