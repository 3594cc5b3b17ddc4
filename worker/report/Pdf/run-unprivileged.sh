#!/bin/sh
# A browser that shows a hospital's text never runs as root: it gives up its rights here and keeps its own sandbox.
# The profile was just made by the caller, empty; it is handed over so that the browser can write to it.
set -eu
profile=
for argument in "$@"; do
  case $argument in
    --user-data-dir=*) profile=${argument#--user-data-dir=} ;;
  esac
done
chown "$VULNDIAG_PRINT_USER" "$profile"
HOME=$profile
export HOME
exec setpriv --reuid "$VULNDIAG_PRINT_USER" --regid "$(id -g "$VULNDIAG_PRINT_USER")" --clear-groups --inh-caps=-all "$VULNDIAG_PRINT_BROWSER" "$@"
