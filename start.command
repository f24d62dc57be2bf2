#!/usr/bin/env bash
# Opens the course: double-click this file on macOS, type ./start.command on Linux.
cd "$(dirname "$0")" || exit
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'
for python in python3 python3.13 python3.14 python3.12 python3.11; do
  if "$python" -c "$fits" 2>/dev/null; then
    exec "$python" course.py "$@"
  fi
done
case "$(uname)" in
  Darwin) open docs/get-python.html ;;
  *) xdg-open docs/get-python.html ;;
esac
exit 1
