# Brings the machine to a working release build; sourced by ./sim and ./run-tests.
# Says what it does, on stderr; does nothing when nothing has changed.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1
torch=${Torch:-system}
case $torch in system | assembly) oxyplot=${OxyPlot:-standin} ;; *) oxyplot=${OxyPlot:-nuget} ;; esac
artifacts=$root/artifacts/$torch-$oxyplot

# OpenBLAS knows processors by their model and falls back to its slowest kernels, five times slower, on one that is newer than itself.
if [ -z "${OPENBLAS_CORETYPE:-}" ] && [ -r /proc/cpuinfo ]; then
  case " $(grep -m 1 '^flags' /proc/cpuinfo || true) " in
    *" avx512f "*" avx512vl "*) export OPENBLAS_CORETYPE=SKYLAKEX ;;
    *" fma "*" avx2 "*) export OPENBLAS_CORETYPE=HASWELL ;;
  esac
fi

say() { printf 'set-up: %s\n' "$*" >&2; }
fail() { printf 'set-up: %s\n' "$*" >&2; exit 2; }

# True if a source file, the mode or libtorch has changed since the stamp was written.
is_stale() {
  local stamp=$1
  [ -f "$stamp" ] || return 0
  [ "$(cat "$stamp")" = "$(fingerprint)" ] || return 0
  [ -n "$(find "$root" \
    \( -name artifacts -o -name results -o -name .git -o -name docs -o -name models -o -name training \) -prune -o \
    \( -name '*.cs' -o -name '*.cpp' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.sln' \
       -o -name '.editorconfig' -o -name 'global.json' -o -path '*/Channels/*.json' -o -path '*/Feedback/*.json' \
       -o -path '*/Tests/Reference/*' -o -path '*/Tests/Expected/*' \) \
    -newer "$stamp" -print -quit)" ]
}

fingerprint() { echo "$torch $oxyplot ${LIBTORCH:-} ${TorchAssembly:-} ${OxyPlotAssembly:-}"; }

require_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is missing: install it from https://dot.net and run this again."
  case $(cd "$root" && dotnet --version 2>/dev/null) in
    10.*) ;;
    *) fail "the .NET SDK 10 is needed; 'dotnet --list-sdks' shows: $(dotnet --list-sdks | tr '\n' ' ')" ;;
  esac
}

# The system's libtorch is needed only where it stands in for the TorchSharp package.
require_packages() {
  [ "$torch" = system ] || return 0
  local wanted=(g++ libopenblas0-openmp) missing=() package
  [ -n "${LIBTORCH:-}" ] || wanted+=(libtorch-dev)
  command -v dpkg-query >/dev/null || { say "no dpkg here; expecting ${wanted[*]} (or their like) to be installed."; return 0; }
  for package in "${wanted[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null)" = "ii " ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    fail "missing: ${missing[*]}. Install them with: sudo apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "installing ${missing[*]} with apt-get (some minutes)"
  local log=$artifacts/apt.log
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 9>&- \
    || { tail -n 20 "$log" >&2; fail "apt-get could not install ${missing[*]}; the whole log is $log"; }
}

# build PROJECT STAMP: builds one project in release mode unless its stamp is fresh.
build() {
  local project=$1 stamp=$artifacts/$2.stamp
  is_stale "$stamp" || return 0
  mkdir -p "$artifacts"
  exec 9>"$artifacts/.lock"
  flock 9 2>/dev/null || true
  if is_stale "$stamp"; then
    require_dotnet
    require_packages
    say "building $project (Torch=$torch, OxyPlot=$oxyplot)"
    local before=$artifacts/$2.before log=$artifacts/build-$2.log
    fingerprint >"$before"
    # Without the lock's descriptor: the compiler's server outlives the build and would keep the lock.
    (cd "$root" && dotnet build "$project" -c Release -p:Torch="$torch" -p:OxyPlot="$oxyplot" -nodeReuse:false >"$log" 2>&1 9>&-) \
      || { grep -E 'error|warning' "$log" | sed 's/ \[[^]]*\]$//' | sort -u | head -n 10 >&2; fail "the build failed; the whole log is $log"; }
    mv "$before" "$stamp"
    say "done"
  fi
  exec 9>&-
}
