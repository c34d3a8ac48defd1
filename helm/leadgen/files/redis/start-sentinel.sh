#!/bin/sh
# Starts the Sentinel beside a Redis. What it learns is kept in DATA_DIR, so that a cell whose pods all stopped finds its primary.
#   SELF, FIRST, PORT, SENTINEL_HOST, SENTINEL_PORT, DATA_DIR, PASSWORD_FILE, DOWN_AFTER_MS, BIND
set -eu
umask 077

here=$(dirname "$0")
password=$(cat "$PASSWORD_FILE")
conf=$DATA_DIR/sentinel/sentinel.conf

if [ ! -s "$conf" ]; then
  mkdir -p "$DATA_DIR/sentinel"
  primary=$("$here/find-primary.sh")
  {
    echo "port $SENTINEL_PORT"
    echo "dir $DATA_DIR/sentinel"
    if [ -n "${BIND:-}" ]; then echo "bind $BIND"; fi
    echo "requirepass $password"
    echo "sentinel resolve-hostnames yes"
    echo "sentinel announce-hostnames yes"
    echo "sentinel announce-ip $SELF"
    echo "sentinel announce-port $SENTINEL_PORT"
    echo "sentinel monitor leadgen $primary $PORT 2"
    echo "sentinel auth-pass leadgen $password"
    echo "sentinel down-after-milliseconds leadgen $DOWN_AFTER_MS"
    echo "sentinel failover-timeout leadgen 30000"
    echo "sentinel parallel-syncs leadgen 1"
  } >"$conf.new"
  mv "$conf.new" "$conf"
fi

exec redis-server "$conf" --sentinel
