# shellcheck shell=bash
# What the scripts about branches source after lib.sh: items of which nothing is missing, and a repository that others
# push to with a clone of it in which somebody works.

# What refine ready writes: the first digits of the SHA-256 of each agreed part.
digest() { printf '%s' "$1" | sha256sum | cut -c 1-6; }

story='As a returning customer, I want to filter orders by date, so that I find the one I want to return.'
many='With 10,000 orders the filtered list shows within 500 ms'
none='An empty range says "No orders between A and B" and keeps the range'
approach='Filter in the index that is there; no new store.'

stamp="1 story:$(digest "$story") criteria:$(printf '%s\n%s\n' "$none" "$many" | sha256sum | cut -c 1-6)"
stamp="$stamp estimate:$(digest 3) approach:$(digest "$approach")"

# story ID TITLE STATUS [KEY: VALUE]…: an item of which nothing is missing.
story() {
  story_id=$1 story_title=$2 story_status=$3
  shift 3
  {
    printf -- '---\ntitle: %s\nid: %s\ntype: story\nstatus: %s\nestimate: 3\n' "$story_title" "$story_id" "$story_status"
    for line in "$@"; do printf '%s\n' "$line"; done
    printf -- '---\n\n## Story\n\n%s\n\n## Acceptance criteria\n\n- [ ] %s\n- [ ] %s\n\n## Approach\n\n%s\n' \
      "$story" "$many" "$none" "$approach"
  } | put "backlog/$story_id-item.md"
}

# ready ID TITLE [KEY: VALUE]…: one that was declared ready; idea ID TITLE [KEY: VALUE]…: one that was not.
ready() { ready_id=$1 ready_title=$2; shift 2; story "$ready_id" "$ready_title" ready "stamp: $stamp" "$@"; }
idea() { idea_id=$1 idea_title=$2; shift 2; story "$idea_id" "$idea_title" new "$@"; }

commit() { git add -A && git commit -q -m "$1"; }

# anew: the clone as origin/main has it, on a new branch.
anew() {
  cd "$scratch/work/clone" || exit 99
  git checkout -q -f --detach origin/main && git clean -qfd && git branch -q -f topic && git checkout -q topic
}

# clone: an empty repository, and in a clone of it from here on.
clone() {
  git init -q --bare "$scratch/work/origin.git"
  git clone -q "$scratch/work/origin.git" "$scratch/work/clone" 2> /dev/null
  cd "$scratch/work/clone" || exit 99
}

# publish: what is committed here is main from now on.
publish() { git push -q -f origin HEAD:main && git fetch -q; }
