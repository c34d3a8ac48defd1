#!/bin/sh
# Starts the Redis of one pod. With SENTINEL_HOST set it is one of several: primary, or a replica of whoever is primary now.
#   SELF           how the others reach this one
#   FIRST          who is primary while nobody knows better
#   PORT, SENTINEL_PORT, DATA_DIR, RUN_DIR, PASSWORD_FILE, MAXMEMORY (empty: no limit), BIND (empty: all addresses)
set -eu
umask 077

here=$(dirname "$0")
password=$(cat "$PASSWORD_FILE")
conf=$RUN_DIR/redis.conf

{
  echo "port $PORT"
  echo "dir $DATA_DIR"
  echo "requirepass $password"
  echo "masterauth $password"
  echo "appendonly yes"
  echo "appendfsync everysec"
  echo 'save ""'
  echo "maxmemory-policy noeviction"
  # Deleting a run of a hundred thousand companies must not stop everybody else.
  echo "lazyfree-lazy-user-del yes"
  if [ -n "${BIND:-}" ]; then echo "bind $BIND"; fi
  if [ -n "${MAXMEMORY:-}" ]; then echo "maxmemory $MAXMEMORY"; fi
} >"$conf"

if [ -n "${SENTINEL_HOST:-}" ]; then
  primary=$("$here/find-primary.sh")
  {
    echo "replica-announce-ip $SELF"
    echo "replica-announce-port $PORT"
    # A primary that nobody follows any more takes no writes that would be lost with it.
    echo "min-replicas-to-write 1"
    echo "min-replicas-max-lag 10"
    if [ "$primary" != "$SELF" ]; then echo "replicaof $primary $PORT"; fi
  } >>"$conf"
fi

exec redis-server "$conf"
