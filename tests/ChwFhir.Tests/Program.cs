using ChwFhir.Tests.Queue;

// Tests start here through the test host; run by itself the assembly is a process to be killed.
return args is ["work-until-killed", var provider, var place, var round] ? await WorkUntilKilled.RunAsync(provider, place, round) : 1;
