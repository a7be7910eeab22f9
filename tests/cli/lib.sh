# shellcheck shell=bash
# What every script of tests/cli sources first. A script tells a story in scenes:
#
#     . "$(dirname "$0")/lib.sh"
#     scene "an item is added"
#     run refine add "Filter search results" -t story
#     show backlog/*.md
#     finish
#
# All that a scene prints (commands behind "$", standard error behind "2>", a status other than 0 behind "=>") must equal the
# scene of that title in tests/golden/cli/NAME; with UPDATE=1 the golden is written anew, and its diff is the review.
# Output is TAP. Arguments: the program, the source folder.
#
# With CRLF=1 in the environment the files that item and put write have lines that end with CR LF, and must give the same
# transcript but for line endings: these are left out of the comparison, and no golden is written.
#
# The few items of a script would be read without the index, so REFINE_INDEX is always; TEST_INDEX=off gives the same
# transcript.

set -u
program=$(realpath "$1")
source=$(realpath "$2")
script=$(basename "$0")
golden=$source/tests/golden/cli/$script
scratch=$(mktemp -d "${TMPDIR:-/tmp}/refine-test.XXXXXX") || exit 99
trap 'chmod -R u+rwX "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT

# A world without anything of the user's.
mkdir "$scratch/home" "$scratch/bin" "$scratch/work"
ln -s "$program" "$scratch/bin/refine"
PATH=$scratch/bin:$PATH
HOME=$scratch/home
XDG_CONFIG_HOME=$HOME/.config
GIT_CONFIG_NOSYSTEM=1
GIT_CONFIG_GLOBAL=$HOME/.gitconfig
GIT_AUTHOR_DATE='2026-11-21T09:00:00+0000'
GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
GIT_CEILING_DIRECTORIES=$scratch
MANPATH=$scratch/man
REFINE_NOW=2026-11-21T09:00:00Z
REFINE_SEED=$script
REFINE_INDEX=${TEST_INDEX:-always}
TZ=UTC
LC_ALL=C
export PATH HOME XDG_CONFIG_HOME GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL GIT_AUTHOR_DATE GIT_COMMITTER_DATE \
  GIT_CEILING_DIRECTORIES MANPATH REFINE_NOW REFINE_SEED REFINE_INDEX TZ LC_ALL
unset XDG_CACHE_HOME COLUMNS PAGER MANPAGER MANOPT MANSECT GIT_PAGER REFINE_PAGER NO_COLOR GIT_DIR GIT_WORK_TREE CI \
  GITHUB_ACTIONS 2>/dev/null
git config --global user.name 'Ana Silva'
git config --global user.email ana@example.com
git config --global init.defaultBranch main
cd "$scratch/work" || exit 99
CRLF=${CRLF:-0}
[ "$CRLF" = 0 ] || UPDATE=0

scenes=0 failed=0 title=
: > "$scratch/all"

# The text of one scene of a transcript.
scene_of() { awk -v title="=== $2" '$0 == title { on = 1; next } /^=== / { on = 0 } on' "$1"; }

# A transcript without its line endings, where these are not the golden's: as bytes, as cat -v and as JSON show them.
same_endings() {
  if [ "$CRLF" = 1 ]; then sed 's/\^M$//; s/\r//g; s/\\r\\n/\\n/g' "$1"; else cat "$1"; fi
}

# Whether the scene is that of the golden; $scratch/diff says where it is not.
is_golden() {
  : > "$scratch/diff"
  [ -f "$golden" ] && grep -qxF "=== $title" "$golden" || return
  scene_of "$golden" "$title" > "$scratch/whole"
  same_endings "$scratch/whole" > "$scratch/expected"
  same_endings "$scratch/scene" > "$scratch/seen-here"
  diff -u --label expected --label seen "$scratch/expected" "$scratch/seen-here" > "$scratch/diff"
}

close_scene() {
  [ -n "$title" ] || return 0
  { printf '=== %s\n' "$title"; cat "$scratch/scene"; } >> "$scratch/all"
  if [ "${UPDATE:-0}" = 1 ]; then
    echo "ok $scenes - $title"
  elif is_golden; then
    echo "ok $scenes - $title"
  else
    failed=$((failed + 1))
    echo "not ok $scenes - $title"
    sed 's/^/# /' "$scratch/diff"
    [ -f "$golden" ] || echo "# there is no $golden: run with UPDATE=1 and read what it writes"
  fi
}

# scene TITLE: a new scene; titles are unique within a script.
scene() {
  close_scene
  title=$1 scenes=$((scenes + 1))
  : > "$scratch/scene"
}

# What a scene shows: nothing of where the test ran, and of commits not which, for each depends on all before it.
tell() {
  sed -E "s|$scratch/work|WORK|g; s|$scratch|SCRATCH|g; s|$source|SOURCE|g; s/\\[[0-9a-f]{7}\\]/[COMMIT]/
    s/\\<[0-9a-f]{40}\\>/COMMIT/g; s/recorded as [0-9a-f]{7}\\>/recorded as COMMIT/; s/ in [0-9a-f]{7}\\>/ in COMMIT/g
    s/(merge base|policy at|none at|used at) [0-9a-f]{7}\\>/\\1 COMMIT/g" >> "$scratch/scene"
}

# A command line as one would type it.
typed() {
  for word in "$@"; do
    case $word in
    '' | *[!A-Za-z0-9_./=:+,@%!-]*) printf " '%s'" "$word" ;;
    *) printf ' %s' "$word" ;;
    esac
  done
}

tell_bare_end() {
  [ -s "$1" ] && [ "$(tail -c 1 "$1" | wc -l)" = 0 ] && printf '\n\\ no newline at end\n' | tell
}

# Tells what a command that just ended said, and its status.
tell_result() {
  tell < "$scratch/out"
  tell_bare_end "$scratch/out"
  sed 's/^/2> /' "$scratch/err" | tell
  [ "$1" = 0 ] || echo "=> $1" | tell
}

# run COMMAND…: runs it and tells all of it.
run() {
  printf '$%s\n' "$(typed "$@")" | tell
  "$@" > "$scratch/out" 2> "$scratch/err" < /dev/null
  tell_result $?
}

# sh_run SCRIPT: the same for a line of shell.
sh_run() {
  printf '$ %s\n' "$1" | tell
  sh -c "$1" > "$scratch/out" 2> "$scratch/err" < /dev/null
  tell_result $?
}

# show FILE…: tells the files, line endings and odd bytes made visible.
show() {
  for file in "$@"; do
    printf -- '--- %s\n' "$file" | tell
    cat -v "$file" | tell
    tell_bare_end "$file"
  done
}

# check DESCRIPTION COMMAND…: a test of its own, without golden.
check() {
  close_scene
  title=
  scenes=$((scenes + 1))
  what=$1
  shift
  if "$@" > "$scratch/out" 2>&1; then
    echo "ok $scenes - $what"
  else
    failed=$((failed + 1))
    echo "not ok $scenes - $what"
    sed 's/^/# /' "$scratch/out" | head -40
  fi
}

# skip DESCRIPTION REASON: where it is the title of a scene of the golden, that is kept.
skip() {
  close_scene
  title=
  scenes=$((scenes + 1))
  if [ -f "$golden" ] && grep -qxF "=== $1" "$golden"; then
    { printf '=== %s\n' "$1"; scene_of "$golden" "$1"; } >> "$scratch/all"
  fi
  echo "ok $scenes - $1 # SKIP $2"
}

# put FILE: a file written by hand, from standard input.
put() {
  mkdir -p "$(dirname "$1")"
  if [ "$CRLF" = 1 ]; then sed 's/$/\r/' > "$1"; else cat > "$1"; fi
}

# item ID TITLE [KEY: VALUE]…: an item file written by hand, with a criteria section.
item() {
  item_id=$1 item_title=$2
  shift 2
  {
    printf -- '---\ntitle: %s\nid: %s\n' "$item_title" "$item_id"
    for line in "$@"; do printf '%s\n' "$line"; done
    printf -- '---\n\n## Acceptance criteria\n\n- [ ] It works for one item\n- [x] It works for none\n'
  } | put "backlog/$item_id-item.md"
}

# rules_off [RULE]…: "rules:" of a policy where all are off but facts of files and those named, for a story about something
# else.
rules_off() {
  echo 'rules:'
  refine explain --json | sed -nE 's/^ *"(rule|reach)": "(.*)",$/\1 \2/p' | awk -v kept=" $* " '
    $1 == "rule" { rule = $2 }
    $1 == "reach" && $2 != "any" && !index(kept, " " rule " ") { print "  " rule ": off" }'
}

finish() {
  close_scene
  title=
  if [ "${UPDATE:-0}" = 1 ]; then
    mkdir -p "$(dirname "$golden")"
    [ -s "$scratch/all" ] && cp "$scratch/all" "$golden"
  fi
  echo "1..$scenes"
  [ "$failed" = 0 ]
  exit
}
