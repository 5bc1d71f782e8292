#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL cluster: with_postgres.sh COMMAND ARGUMENT...
# The command finds TRIBUTARY_RECORDS_URL set, its user may create databases. The cluster lives in a temporary
# folder, answers on a loopback port and a Unix socket, and is removed at exit, whatever happens.
# It does not wait for the disk; set WITH_POSTGRES_DURABLE=1 where durability is what is measured.
set -euo pipefail

readonly PORT_TRIES=20
readonly CONNECTIONS_MAX=300

fail() { printf 'with_postgres: %s\n' "$*" >&2; exit 1; }
[ $# -gt 0 ] || fail "name a command to run"

initdb=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || true)
initdb=$(readlink -f "${initdb:-$(command -v initdb || true)}")
tools=$(dirname "$initdb")
[ -x "$tools/initdb" ] || fail "PostgreSQL is not installed (Debian: apt-get install postgresql)"

home=$(mktemp -d "${TMPDIR:-/tmp}/tributary-postgres.XXXXXX")
# PostgreSQL refuses to run as root.
as_owner=()
if [ "$(id -u)" = 0 ]; then
  owner=postgres
  id -u "$owner" >/dev/null 2>&1 || owner=nobody
  chown "$owner" "$home"
  as_owner=(runuser -u "$owner" --)
fi
on_cluster() { (cd "$home" && "${as_owner[@]}" "$@"); }

cleanup() {
  if [ -f "$home/data/postmaster.pid" ]; then
    on_cluster "$tools/pg_ctl" stop -D "$home/data" -m immediate -s >/dev/null 2>&1 || true
  fi
  rm -rf "$home"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s' "$password" | on_cluster sh -c "umask 077; cat >'$home/password'"
on_cluster "$tools/initdb" -D "$home/data" -U tributary -E UTF8 --locale=C --auth=scram-sha-256 \
  --pwfile="$home/password" --no-sync >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; fail "initdb failed"; }

settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories='$home' -c max_connections=$CONNECTIONS_MAX"
if [ -z "${WITH_POSTGRES_DURABLE:-}" ]; then
  settings="$settings -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
fi

started=
for _ in $(seq "$PORT_TRIES"); do
  port=$((20000 + RANDOM % 12000))
  if on_cluster "$tools/pg_ctl" start -D "$home/data" -l "$home/data/server.log" -o "$settings -p $port" -w -s >/dev/null 2>&1; then
    started=yes
    break
  fi
done
[ -n "$started" ] || { tail -n 20 "$home/data/server.log" >&2; fail "PostgreSQL did not start"; }

# For tests that take their records away for a while: `bash $WITH_POSTGRES_CONTROL stop` and `… start`.
control=$home/control
{
  echo '#!/usr/bin/env bash'
  echo 'set -euo pipefail'
  declare -p home tools settings port as_owner
  cat <<'SCRIPT'
case $1 in
  stop) how=(-m immediate) ;;
  start) how=(-o "$settings -p $port" -l "$home/data/server.log") ;;
  *) exit 2 ;;
esac
cd "$home"
"${as_owner[@]}" "$tools/pg_ctl" "$1" -D "$home/data" "${how[@]}" -w -s >/dev/null 2>&1
SCRIPT
} >"$control"
export WITH_POSTGRES_CONTROL=$control

PGPASSWORD=$password "$tools/createdb" -h 127.0.0.1 -p "$port" -U tributary tributary
export TRIBUTARY_RECORDS_URL="postgres://tributary:$password@127.0.0.1:$port/tributary"
status=0
"$@" || status=$?
exit "$status"
