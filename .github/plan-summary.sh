#!/usr/bin/env bash
# The plan against the tenant in the environment, as Markdown at the end of $GITHUB_STEP_SUMMARY. Ends as npm run plan does:
# 0 nothing to do, 10 changes, 2 wrong configuration, 1 failure. Options are handed on to it.
set -uo pipefail
cd "$(dirname "$0")/.."

errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
plan=$(npm run --silent plan -- "$@" 2>"$errors")
code=$?

case $code in
  0) verdict="Nothing to do: the tenant is as tenant.yaml says." ;;
  10) verdict="Changes." ;;
  *) verdict="No plan: exit code $code." ;;
esac
{
  printf '### Plan\n\n%s\n' "$verdict"
  # A fence longer than any in the code that the plan shows. GitHub refuses a summary above 1 MiB.
  printf '\n``````````diff\n'
  printf '%s\n' "$plan" "$(cat "$errors")" | head -c 900000
  printf '\n``````````\n'
} >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
cat "$errors" >&2
echo "$verdict"
exit "$code"
