#!/usr/bin/env bash
# Prints the one command of a README section, so that CI runs what readers are told to run: readme-command.sh README.md "Test it"
# Fails unless the section has exactly one fenced sh block with exactly one command. A command may go on over several
# lines with a backslash; empty lines and comments do not count.
set -euo pipefail

readme=$1 section=$2
awk -v section="## $section" '
  function fail(problem) { print FILENAME ", " section ": " problem > "/dev/stderr"; failed = 1; exit 1 }
  /^```/ && fenced { fenced = 0; ours = 0; next }
  /^```/           { fenced = 1; ours = inside && /^```sh[ \t]*$/; blocks += ours; next }
  !fenced && /^##? / { inside = $0 == section; sections += inside; next }
  ours && !continued && /^[ \t]*(#|$)/ { next }
  ours {
    commands += !continued
    continued = /\\$/
    text = text $0 "\n"
  }
  END {
    if (failed) exit 1
    if (sections != 1) fail("expected one such section, found " sections + 0)
    if (blocks != 1) fail("expected one sh block, found " blocks + 0)
    if (commands != 1) fail("expected one command, found " commands + 0)
    printf "%s", text
  }' "$readme"
