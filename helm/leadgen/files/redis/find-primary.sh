#!/bin/sh
# Prints the host of the primary: as the Sentinels say, else as this pod's own Sentinel last knew, else the first pod.
set -eu

REDISCLI_AUTH=$(cat "$PASSWORD_FILE")
export REDISCLI_AUTH
known=$DATA_DIR/sentinel/sentinel.conf

# -t is not in every redis-cli: a Sentinel that says nothing is given three seconds.
primary=$(timeout 3 redis-cli -h "$SENTINEL_HOST" -p "$SENTINEL_PORT" SENTINEL get-master-addr-by-name leadgen 2>/dev/null | head -n 1) || primary=
case $primary in
  '' | *' '*) primary= ;;
esac
if [ -z "$primary" ] && [ -f "$known" ]; then
  primary=$(sed -n 's/^sentinel monitor leadgen \([^ ]*\) .*/\1/p' "$known")
fi
echo "${primary:-$FIRST}"
