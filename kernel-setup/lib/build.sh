# Builds the toolkit and the kernel when they are stale. Sourced by start and doctor after machine.sh.
# shellcheck shell=bash disable=SC2154

kernel_jars=$project/kernel-setup/target/kernel
toolkit_jars=$project/kernel-setup/target/toolkit
build_stamp=$project/kernel-setup/target/built
build_log=$project/kernel-setup/target/build.log

# built_profile: what the jars at hand were built for: cpu, gpu or gpu-maven, which their natives tell;
# "several engines" when builds for more than one have been mixed.
built_profile() {
  local jar natives='' count=0
  for jar in "$toolkit_jars"/pytorch-native-*.jar "$toolkit_jars"/pytorch-engine-*.jar; do
    [ -f "$jar" ] || continue
    count=$((count + 1))
    natives="$natives ${jar##*/}"
  done
  case $count$natives in
    0) say cpu ;;
    1*) say gpu ;;
    2*pytorch-native-cpu-*) say cpu ;;
    2*pytorch-native-cu*) say gpu-maven ;;
    *) say "several engines" ;;
  esac
}

# Says why a build is needed; says nothing when the jars are good for profile $1.
why_stale() {
  local jar reference newer
  for jar in "$kernel_jars"/condgen-kernel-*.jar "$toolkit_jars"/condgen-toolkit-*.jar "$toolkit_jars"/condgen-data-*.jar; do
    if [ ! -f "$jar" ]; then
      say "not built yet"
      return 0
    fi
  done
  if [ "$(built_profile)" != "$1" ]; then
    say "built for $(built_profile), wanted for $1"
    return 0
  fi
  reference=$build_stamp
  # A build by mvn itself leaves no stamp; its last jar tells the time.
  for jar in "$kernel_jars"/condgen-kernel-*.jar; do
    if [ ! -f "$reference" ] || [ "$jar" -nt "$reference" ]; then reference=$jar; fi
  done
  newer=$(find "$project/pom.xml" "$project"/data-downloaders/pom.xml "$project"/toolkit/pom.xml "$project"/kernel-setup/pom.xml \
    "$project"/data-downloaders/src/main "$project"/toolkit/src/main "$project"/kernel-setup/src/main \
    -newer "$reference" 2>/dev/null | sed -n 1p) || true
  if [ -n "$newer" ]; then say "changed since the last build: ${newer#"$project"/}"; fi
}

# maven_package PROFILE [FLAG...]: one build; its output goes to the log, a line a minute to the screen.
maven_package() {
  local profile=$1 seconds=0 worker
  shift
  mkdir -p "$(dirname "$build_log")"
  # The time of the stamp is the start of the build: what is edited meanwhile counts as changed.
  touch "$build_stamp.part"
  local choose=()
  [ "$profile" = cpu ] || choose=("-P$profile")
  (cd "$project" && exec "$maven_program" -B -q -Dstyle.color=never "$@" ${choose[@]+"${choose[@]}"} -pl kernel-setup -am \
    -DskipTests -Dspotless.check.skip=true package) >"$build_log" 2>&1 </dev/null &
  worker=$!
  # shellcheck disable=SC2064
  trap "kill $worker 2>/dev/null; exit 130" INT TERM
  while kill -0 "$worker" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    if [ $((seconds % 60)) = 0 ]; then say "  still building ($((seconds / 60)) min)"; fi
  done
  trap - INT TERM
  wait "$worker"
}

# build_if_stale PROFILE yes|no(offline)
build_if_stale() {
  local profile=$1 offline=$2 reason
  reason=$(why_stale "$profile")
  [ -n "$reason" ] || return 0
  require_maven
  say "Building the toolkit and the kernel ($reason)"
  case $reason in "not built yet") say "  the first time Maven downloads about 300 MB: some minutes" ;; esac
  # Two versions of one jar, or the natives of two engines, must not lie on one class path.
  if [ "$(built_profile)" != "$profile" ] || { [ -f "$build_stamp" ] &&
    [ -n "$(find "$project/pom.xml" "$project"/*/pom.xml -newer "$build_stamp")" ]; }; then
    rm -rf "$toolkit_jars" "$kernel_jars"
  fi
  if [ "$offline" = yes ]; then
    if maven_package "$profile" -o; then built "$profile"; return 0; fi
    if ! grep -qi -e offline -e 'cannot access' "$build_log"; then build_failed; fi
    say "  Maven's local repository lacks something: asking Maven to resolve it"
  fi
  maven_package "$profile" || build_failed
  built "$profile"
}

built() {
  mv "$build_stamp.part" "$build_stamp"
  local left
  left=$(why_stale "$1")
  if [ -n "$left" ]; then die "the build ended well, but its result is not usable: $left" "see ${build_log#"$project"/}"; fi
}

build_failed() {
  note "start: the build failed. Its last lines (all of them in ${build_log#"$project"/}):"
  tail -n 40 "$build_log" | sed 's/^/  /' >&2
  if grep -qi -e 'could not transfer' -e 'unknown host' -e 'could not resolve dependencies' -e 'could not be resolved' "$build_log"; then
    note "  Maven could not fetch something. Behind a proxy: put it into ~/.m2/settings.xml. Then run this again: it continues."
  fi
  exit 1
}
