#!/usr/bin/env bash
# The step of action.yml: annotations and job summary, and a SARIF report whose path is an output.
set -euo pipefail

version=${BAKELINT_VERSION:-$(node -p 'require(process.argv[1]).version' "$GITHUB_ACTION_PATH/package.json")}
sarif=$RUNNER_TEMP/bakelint.sarif
arguments=(--format github --format "sarif=$sarif" --fail-on "${BAKELINT_FAIL_ON:-warning}")
if [[ -n ${BAKELINT_PRESET:-} ]]; then arguments+=(--preset "$BAKELINT_PRESET"); fi
if [[ -n ${BAKELINT_CONFIG:-} ]]; then arguments+=(--config "$BAKELINT_CONFIG"); fi
if [[ -n ${BAKELINT_BASELINE:-} ]]; then arguments+=(--baseline "$BAKELINT_BASELINE"); fi
case ${BAKELINT_CHANGED:-false} in
  false | '') ;;
  true) arguments+=(--changed) ;;
  *) arguments+=("--changed=$BAKELINT_CHANGED") ;;
esac
# What follows is a path, whatever it looks like.
arguments+=(--)
while IFS= read -r path; do
  if [[ -n $path ]]; then arguments+=("$path"); fi
done <<< "${BAKELINT_PATHS:-.}"

status=0
npx --yes "bakelint@$version" "${arguments[@]}" || status=$?
if [[ -f $sarif ]]; then echo "sarif=$sarif" >> "$GITHUB_OUTPUT"; fi
exit "$status"
