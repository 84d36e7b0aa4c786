#!/usr/bin/env bash
# The delivery trial: real processes, a bad line between service and EHR, kill -9 again and again; then the charts are read and counted.
# Prints one table and fails when a note is lost, doubled or out of order, or when notes wait for a person on the lenient server. At most 30 minutes.
#   tests/delivery-trial.sh --short     one to two minutes (bound: six), the form of tests/run.sh
#   tests/delivery-trial.sh --help      what else it can be told
set -euo pipefail
cd "$(dirname "$0")/.."

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"; exit 1; }
command -v node >/dev/null || { echo "Node 20 or later is missing: https://nodejs.org"; exit 1; }
[ -d tests/foreign-fhir-server/node_modules ] || (cd tests/foreign-fhir-server && npm ci --no-audit --no-fund --loglevel=error)
dotnet build tests/ChwFhir.DeliveryTrial -c Release --nologo -v quiet

exec timeout --signal=KILL 1800 dotnet tests/ChwFhir.DeliveryTrial/bin/Release/net10.0/ChwFhir.DeliveryTrial.dll "$@"
