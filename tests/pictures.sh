#!/usr/bin/env bash
# Takes a picture of every page of the app, on a screen and on a phone, in light and dark, in English and Spanish, and as it prints, into pictures/ (or the folder given).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-pictures}
mkdir -p "$folder"
CHWFHIR_PICTURES=$(cd "$folder" && pwd)
export CHWFHIR_PICTURES
dotnet test tests/ChwFhir.Journeys.Tests --nologo ${NO_BUILD:+--no-build} --filter "FullyQualifiedName~When_every_page_is_looked_at.Nobody_is_kept_out&FullyQualifiedName!~kept_out_"
echo "$(find "$folder" -name '*.png' | wc -l) pictures in $folder"
