# Read by scripts/backup and scripts/restore: finds the Node that came with npm, else the machine's.
# shellcheck shell=sh disable=SC2034
scripts=$(cd "$(dirname "$0")" && pwd -P)
case $(uname -m) in
  x86_64 | amd64) arch=x64 ;;
  aarch64 | arm64) arch=arm64 ;;
  *) arch=none ;;
esac
node=$scripts/../node_modules/node-linux-$arch/bin/node
if ! "$node" --version >/dev/null 2>&1; then
  node=$(command -v node) || {
    echo "$0: needs Node: run npm install in $(dirname "$scripts"), or put one on PATH" >&2
    exit 78
  }
fi
