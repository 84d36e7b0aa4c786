#!/usr/bin/env bash
# Installs what the tests need (Node packages; Debian's chromium and postgresql where it is root) and runs every test of every project.
# Ends with "N passed, N failed" and fails when a test failed, was left out for want of a tool, or a project ran no test.
#   CHWFHIR_TESTDATA=folder   also runs the tests on the shared test data
#   tests/run.sh PROJECT...   only these projects (ChwFhir.Tests, ChwFhir.Fhir.Tests, ChwFhir.Journeys.Tests)
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

say "Tools"
command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"; exit 1; }
command -v node >/dev/null || { echo "Node 20 or later is missing: https://nodejs.org"; exit 1; }
if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium) >/tmp/chwfhir-apt.log 2>&1 \
    || { tail -20 /tmp/chwfhir-apt.log; echo "chromium could not be installed"; exit 1; }
fi
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || { echo "Chromium is missing: install it (Debian: apt-get install chromium) or set CHROMIUM to its path"; exit 1; }
if [ ! -x "${CHWFHIR_POSTGRES:-/usr/lib/postgresql/15/bin}/initdb" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql) >/tmp/chwfhir-apt.log 2>&1 \
    || { tail -20 /tmp/chwfhir-apt.log; echo "postgresql could not be installed"; exit 1; }
fi
[ -x "${CHWFHIR_POSTGRES:-/usr/lib/postgresql/15/bin}/initdb" ] || { echo "PostgreSQL 15 is missing: install it (Debian: apt-get install postgresql) or set CHWFHIR_POSTGRES to the folder of its programs"; exit 1; }
for part in foreign-fhir-server smart-client axe; do
  (cd "tests/$part" && npm ci --no-audit --no-fund --loglevel=error)
done

say "Build"
dotnet build ChwFhir.sln --nologo -v quiet

export CHWFHIR_TESTS_REQUIRE=node,chromium,postgresql
if [ -n "${CHWFHIR_TESTDATA:-}" ]; then
  export CHWFHIR_TESTDATA; CHWFHIR_TESTDATA=$(cd "$CHWFHIR_TESTDATA" && pwd)
  CHWFHIR_TESTS_REQUIRE+=",test data"
else
  echo "CHWFHIR_TESTDATA is not set: the tests on the shared test data are left out (each project says how many)."
fi

# Four lanes side by side: most of what the journeys take is waiting (for browsers, kills, pauses, slow servers). What is short and busy goes before what waits.
results=$(mktemp -d)
lanes=()
end() { local lane; for lane in "${lanes[@]}"; do kill "$lane" 2>/dev/null || true; done; rm -rf "$results"; }
trap end EXIT

# part NAME: runs the tests of a part and keeps what they said until they are done.
part() {
  local project=$1 filter=""
  case $1 in
    WriteBack|SmartApp) project=ChwFhir.Journeys.Tests; filter="FullyQualifiedName~.Journeys.$1." ;;
    ChwFhir.Journeys.Tests) filter="FullyQualifiedName!~.Journeys.WriteBack.&FullyQualifiedName!~.Journeys.SmartApp." ;;
  esac
  exec timeout --kill-after=10 2400 dotnet test "tests/$project" --no-build --nologo ${filter:+--filter "$filter"} \
    --logger "trx;LogFileName=$results/$1.trx" --logger "console;verbosity=minimal" >"$results/$1.log" 2>&1
}

# lane NAME...: one part after the other. Told to end, it ends the one that runs.
lane() {
  local name running="" failed=0
  trap 'kill "$running" 2>/dev/null; exit 143' TERM
  for name in "$@"; do
    part "$name" & running=$!
    wait "$running" || failed=1
  done
  return $failed
}

begin() { lane "$@" & lanes+=($!); names+=("$*"); }
names=()
if [ $# = 0 ]; then
  begin ChwFhir.Tests
  begin ChwFhir.Journeys.Tests
  begin WriteBack
  begin ChwFhir.Fhir.Tests SmartApp
else
  for project in "$@"; do
    case $project in
      ChwFhir.Journeys.Tests) begin ChwFhir.Journeys.Tests; begin WriteBack; begin SmartApp ;;
      *) begin "$project" ;;
    esac
  done
fi

passed=0; failed=0; left_out=0; status=0
count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
tell() {
  local name=$1 counters p f t e
  say "$name"
  cat "$results/$name.log"
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null || true)
  p=$(count passed); f=$(count failed); t=$(count total); e=$(count executed)
  [ "${p:-0}" -gt 0 ] || { echo "$name: no test passed"; status=1; [ "${f:-0}" -gt 0 ] || f=1; }
  passed=$((passed + ${p:-0})); failed=$((failed + ${f:-0})); left_out=$((left_out + ${t:-0} - ${e:-0}))
}

for number in "${!lanes[@]}"; do
  wait "${lanes[$number]}" || status=1
  for name in ${names[$number]}; do tell "$name"; done
done

echo
[ "$left_out" = 0 ] || echo "$left_out left out (see above)"
[ "$failed" = 0 ] || status=1
echo "$passed passed, $failed failed"
exit $status
