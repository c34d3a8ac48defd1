#!/bin/sh
# health.sh live PORT: it answers, be it that it still reads its file · health.sh ready PORT: it serves.
set -eu

REDISCLI_AUTH=$(cat "$PASSWORD_FILE")
export REDISCLI_AUTH
answer=$(redis-cli -h 127.0.0.1 -p "$2" ping 2>&1) || :
case $1:$answer in
  *:PONG | live:LOADING* | live:*MASTERDOWN*) exit 0 ;;
esac
echo "$answer" >&2
exit 1
