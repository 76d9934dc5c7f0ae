# Countersign: who or what wrote this commit, as trailers. Read by the hooks prepare-commit-msg and commit-msg with
# `countersign_hook` set to the hook's name and git's own arguments. POSIX shell, git and cat; no Node starts here.
# docs/capture.md of Countersign says what is written and why. `countersign hooks uninstall` takes it away.
#
# Nothing here may fail a commit: everything runs in a subshell whose result is thrown away, and the message is only
# changed by one atomic `git interpret-trailers --in-place` at the very end.

countersign_capture() (
  LC_ALL=C
  export LC_ALL
  set -f
  newline='
'
  tab='	'
  IFS=$newline

  main() {
    message=${2:-}
    source=${3:-}
    find_place || return
    if [ "$1" = post-commit ]; then
      retire
      return
    fi
    if [ "$1" = commit-msg ]; then resume || return; else forget_drafts; fi
    # A merge's parents speak for themselves, and a replayed commit brings its own trailers along.
    if [ "$source" = merge ] || [ -e "$place/MERGE_HEAD" ]; then return; fi
    lines= gone= accepted= validated=
    if is_replay; then
      if [ -f "$place/rebase-merge/current-fixups" ]; then join_picks; else keep_amended; fi
    elif [ -f "$place/SQUASH_MSG" ] && { [ "$source" = squash ] || [ "$source" = message ]; }; then
      # A person's squash is not the work of the tool in whose terminal it was made: only what the children say.
      lift_children
    else
      find_environment
      find_amended
      # Nobody's edits are a merge's, also when it is amended.
      if [ -n "$amended" ] && git rev-parse -q --verify 'HEAD^2'; then
        if [ "$amended" = replaced ]; then restore; fi
        if [ -n "$lines" ]; then write_trailers; fi
        return
      fi
      read_state
      if [ -z "$env_agents$records$amended" ]; then return; fi
      if is_unwritten || is_empty; then return; fi
      credit
    fi
    if [ -n "$gone" ]; then drop_trailers; fi
    if [ -n "$lines" ]; then write_trailers; fi
  }

  # git hands over `<git dir>/COMMIT_EDITMSG`, so the git directory of this worktree is known without asking.
  find_place() {
    case $message in */*) place=${message%/*} ;; *) place=${GIT_DIR:-.git} ;; esac
    if [ ! -e "$place/HEAD" ]; then place=$(git rev-parse --git-dir) || return 1; fi
    state=$place/ai-provenance
  }

  # What an earlier commit that was given up has left.
  forget_drafts() {
    for draft in unwritten amends; do
      if [ -e "$state/$draft" ]; then rm -f "$state/$draft"; fi
    done
  }

  is_replay() {
    for mark in rebase-merge rebase-apply CHERRY_PICK_HEAD; do
      if [ -e "$place/$mark" ]; then return 0; fi
    done
    if [ ! -e "$place/sequencer" ]; then return 1; fi
    # A row of picks is a replay; a row of reverts is new work of whoever runs it, as a single one is.
    task=
    if [ -r "$place/sequencer/todo" ]; then read -r task <"$place/sequencer/todo"; fi
    case $task in 'revert '*) return 1 ;; esac
  }

  # --- messages that are written in an editor ---------------------------------------------------------------------

  # Where an editor opens on nothing or on a template, git gives up on a message that nobody wrote. A trailer would
  # be something, so it waits for commit-msg, and a copy of the template says later whether anybody wrote.
  is_unwritten() {
    case $source in '' | template) ;; *) return 1 ;; esac
    read_settings
    if [ ! -d "$state" ]; then mkdir "$state" || return 0; fi
    written >"$state/unwritten"
    return 0
  }

  # `-m ""` has no words, and trailers would become its title.
  is_empty() {
    for line in $(cat "$message"); do
      case $line in '#'*) ;; *[!\ $tab]*) return 1 ;; esac
    done
    read_settings
    [ -z "$(written)" ]
  }

  resume() {
    if [ ! -f "$state/unwritten" ]; then return 1; fi
    template=$(cat "$state/unwritten")
    rm -f "$state/unwritten"
    read_settings
    now=$(written)
    if [ -z "$now" ] || [ "$now" = "$template" ]; then return 1; fi
    source=written
  }

  # The message without comments, blank lines and what follows the scissors.
  written() {
    text=$newline$(cat "$message")
    text=${text%%"$newline$comment ------------------------ >8 ------------------------"*}
    for line in $text; do
      case $line in "$comment"*) ;; *[!\ $tab]*) printf '%s\n' "$line" ;; esac
    done
  }

  read_settings() {
    if [ -n "${comment:-}" ]; then return; fi
    comment='#'
    for line in $(git config --get-regexp '^core\.comment(char|string)$'); do comment=${line#* }; done
    if [ "$comment" = auto ]; then
      # git chose one that no line began with; its own last line shows which.
      last=$(cat "$message")
      last=${last##*"$newline"}
      case $last in [\;@!$%^\&\|:]*) comment=${last%"${last#?}"} ;; *) comment='#' ;; esac
    fi
    if ! has_comments; then comment=$(printf '\001'); fi
  }

  # `-m "#123 is mended"` is text, unless an editor opens on it or git is told to strip. Where the command line is not
  # to be found, it counts as a comment, so that nothing becomes a message that git would give up.
  has_comments() {
    if [ "$source" != message ]; then return 0; fi
    case $newline$(cat "$message") in *"$newline$comment"*) ;; *) return 0 ;; esac
    case $(git config --get commit.cleanup) in strip | scissors) return 0 ;; esac
    found=
    called_with names_cleaning || [ -z "$found" ]
  }

  names_cleaning() {
    found=1
    for word in $words; do
      case $word in --cl* | --e* | -[a-z]*e* | -e*) return 0 ;; esac
    done
    return 1
  }

  # --- what the environment proves ----------------------------------------------------------------------------------

  # CLAUDECODE alone is no proof: editors set it in the terminals where people type.
  find_environment() {
    env_agents=
    if [ "${CLAUDECODE:-}" = 1 ] && [ -n "${CLAUDE_CODE_SESSION_ID:-}" ]; then
      prove claude-code "$CLAUDE_CODE_SESSION_ID"
    fi
    if [ -n "${CODEX_THREAD_ID:-}" ]; then prove codex "$CODEX_THREAD_ID"; fi
    if [ "${CURSOR_AGENT:-}" = 1 ]; then prove cursor -; fi
    if [ "${GEMINI_CLI:-}" = 1 ]; then prove gemini-cli -; fi
    if [ "${CLINE_ACTIVE:-}" = true ]; then prove cline -; fi
    if [ -f /opt/.devin/devin_id ]; then prove devin -; fi
  }

  prove() {
    if is_word "$2"; then env_agents="$env_agents$1 $2$newline"; else env_agents="$env_agents$1 -$newline"; fi
  }

  # One word of a machine that fits in a line of 100 characters behind `AI-Session: `.
  is_word() {
    case $1 in '' | *[!A-Za-z0-9._:/@+#=-]*) return 1 ;; esac
    [ ${#1} -le 88 ]
  }

  # --- what the agents' hooks left ----------------------------------------------------------------------------------

  # The records that may stand for this commit, as the program below prints them. Sessions with no record that is open
  # lie in `idle`, which is read only where the environment names one; records of commits that were made lie in
  # `spent`, by commit, which is read where that commit is amended or was taken back.
  read_state() {
    records= heads=
    set +f
    set -- "$state"/*.session
    if [ ! -f "$1" ]; then set --; fi
    open=$#
    if [ -n "$env_agents" ]; then
      for file in "$state"/idle/*.session; do
        if [ -f "$file" ]; then set -- "$@" "$file"; fi
      done
    fi
    set -f
    undone=
    if [ -f "$place/ORIG_HEAD" ]; then read -r undone <"$place/ORIG_HEAD"; fi
    if [ ! -f "$state/spent/${undone:-none}" ]; then undone=; fi
    if [ $# -eq 0 ] && [ -z "$amended$undone" ]; then return; fi
    read_heads
    head=${heads%%"$newline"*}
    if [ -n "$amended" ]; then
      if [ -f "$state/spent/$head" ]; then set -- "$@" "$state/spent/$head"; fi
      if [ -d "$state" ]; then printf '%s\n' "$head" >"$state/amends"; fi
    fi
    case $newline$heads$newline in *"$newline$undone$newline"*) undone= ;; esac
    if [ -n "$undone" ]; then
      set -- "$@" again=1
      for commit in $(git rev-list --max-count=20 "$undone" --not HEAD); do
        if [ -f "$state/spent/$commit" ]; then set -- "$@" "$state/spent/$commit"; fi
      done
    fi
    if [ $# -eq 0 ]; then return; fi
    records=$({
      tell_place
      if [ -n "$env_agents" ]; then printf 'env %s\n' $env_agents; fi
      compare "${head:-none}"
      if [ -n "$amended" ]; then
        echo parent
        compare HEAD^
      fi
    } | awk "$functions$select" - "$@")
  }

  # The newest 200 commits of this line of history, HEAD first; nothing before the first commit.
  read_heads() {
    heads=$(git rev-list --first-parent --max-count=200 HEAD)
  }

  tell_place() {
    read -r branch <"$place/HEAD"
    case $branch in 'ref: '*) branch=${branch#ref: } ;; *) branch=- ;; esac
    printf 'branch %s\n' "$branch"
    if [ -n "$heads" ]; then printf 'head %s\n' $heads; else echo head none; fi
  }

  # What the commit brings, as `:mode mode old new status<tab>path`.
  compare() {
    unset GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS GIT_LITERAL_PATHSPECS
    tree=$(git rev-parse -q --verify "$1^{tree}") || tree=$(git hash-object -t tree --stdin)
    git -c core.quotePath=true diff-index --cached --raw --no-abbrev --no-renames "$tree"
  }

  # Both programs read first where we are and what is committed, then the files of sessions: docs/capture.md, "What is
  # written where", has their lines. A record is `inline` where it was made on this line of history, and `here` also
  # where the branch is the same but was rewritten since.
  functions='
    function after(text, words) {
      while (words-- > 0) text = substr(text, index(text, " ") + 1)
      return text
    }
    function is_file(blob) { return blob !~ /^0*$/ && blob !~ /^(e69de29bb2d1d6434b8b29ae|473a0f4c3be8a93681a267e3)/ }
    NR == FNR {
      if ($1 == "branch") branch = $2
      else if ($1 == "head") heads[$2]
      else if ($1 == "env") proven["session " $2 " " $3]
      else if ($1 == "parent") amends = 1
      else if ($1 == "retired") retired[after($0, 1)]
      else if ($1 ~ /^:/) {
        path = substr($0, index($0, "\t") + 1)
        if (amends) { first_old[path] = $3; first_new[path] = $4 } else { old[path] = $3; new[path] = $4 }
        at[$4] = path
      }
      next
    }
    $1 == "file" || $1 == "spent" {
      left = $2; base = $3; path = after($0, 7)
      inline = $6 in heads
      here = inline || ($7 != "-" && $7 == branch)
      moved = is_file(left) && (left in at) && !((path in new) && is_file(new[path]))
    }
  '

  # Which records stand for the commit that is about to be made: `file` for those that surely do, `part` where only the
  # content can tell, `moved` where the content stands under another path.
  select='
    $1 == "session" {
      header = $0
      shown = $0 in proven
      if (shown) print header
      next
    }
    $1 != "file" && $1 != "spent" {
      if (shown) print
      else header = header "\n" $0
      next
    }
    {
      kind = ""
      was = old[path] ""
      now = new[path] ""
      if ($1 == "spent" && !again) {
        if (amends) { was = first_old[path] ""; now = first_new[path] "" }
        if (now != "") kind = "file"
        moved = is_file(left) && (left in at) && now == ""
      } else if (now != "" && (is_file(now) || !is_file(left))) {
        if (now == left && (here || is_file(left))) kind = "file"
        else if (again) kind = "part"
        else if (was == base && here) kind = "file"
        else if (inline) kind = "part"
      }
      if (kind == "" && moved && here) { kind = "moved"; now = left }
      if (kind == "" ) next
      if (amends && $1 == "file" && kind != "moved") {
        if (!(path in first_new)) next
        was = first_old[path]
        now = first_new[path]
      }
      if (was == "") { was = left; gsub(/./, "0", was) }
      # Past a thousand, each session is still named, and nothing is measured.
      if (++count > 1000 && shown) { many = 1; next }
      if (!shown) print header
      shown = 1
      print kind, left, was, now, $4, $5, path
    }
    END { if (many) print "many" }
  '

  # `commit --amend -m` looks like `commit -m` from here; only git's own command line tells.
  find_amended() {
    amended=
    case $source in
      commit) if [ "${third:-}" = HEAD ]; then amended=kept; fi ;;
      message) if called_with names_amend; then amended=replaced; fi ;;
    esac
  }

  # Whether the words of git's own command line pass the check $1.
  called_with() {
    process=$PPID
    for step in 1 2 3 4; do
      words=$(command_line "$process")
      case $newline$words$newline in
        *"git${newline}commit$newline"* | *"git-commit$newline"*) "$1" && return 0 || return 1 ;;
        *"${newline}commit$newline"*) if "$1"; then return 0; fi ;;
      esac
      process=$(parent_of "$process")
      case $process in '' | *[!0-9]* | 0 | 1) return 1 ;; esac
    done
    return 1
  }

  command_line() {
    if [ -r "/proc/$1/cmdline" ]; then
      tr '\000' '\n' <"/proc/$1/cmdline"
    else
      # Words of a message cannot be told from flags here, so only flags before the message count.
      ps -o args= -p "$1" | tr ' ' '\n'
    fi
  }

  parent_of() {
    if [ -r "/proc/$1/stat" ]; then
      read -r stat <"/proc/$1/stat"
      stat=${stat##*) ? }
      printf '%s' "${stat%% *}"
    else
      ps -o ppid= -p "$1" | tr -d ' '
    fi
  }

  names_amend() {
    skip=
    for word in $words; do
      if [ -n "$skip" ]; then
        skip=
        if [ -r "/proc/$process/cmdline" ]; then continue; else return 1; fi
      fi
      case $word in
        --am | --ame | --amen | --amend) return 0 ;;
        -m | --message | -F | --file | -t | --template | -C | -c) skip=1 ;;
        --) return 1 ;;
      esac
    done
    return 1
  }

  # --- after the commit ---------------------------------------------------------------------------------------------

  # A record that the commit took is spent: nobody's later work on that file is the agent's. It is kept with the
  # commit's id, for when that is amended or taken back.
  retire() {
    set +f
    set -- "$state"/*.session
    set -f
    amends=
    if [ -f "$state/amends" ]; then
      read -r amends <"$state/amends"
      rm -f "$state/amends"
    fi
    if [ ! -f "$1" ]; then
      set --
      if [ -z "$amends" ]; then return; fi
    fi
    read_heads
    head=${heads%%"$newline"*}
    if [ -z "$head" ]; then return; fi
    draft=$state/spent/$head.$$
    if [ $# -gt 0 ]; then
      committed=$(
        tell_place
        if [ -n "$amends" ]; then printf 'head %s\n' "$amends"; fi
        # Of a merge, what it changed on this line of history.
        git -c core.quotePath=true -c log.showRoot=true -c log.showSignature=false log -1 --first-parent -m --root \
          --raw --no-abbrev --no-renames --no-color --format= HEAD
      )
      taken=$(printf '%s\n' "$committed" | awk "$functions$take" - "$@")
      if [ -n "$taken" ]; then move_taken "$@"; fi
    fi
    if [ -f "$state/spent/$amends" ] && [ "$amends" != "$head" ]; then
      cat "$state/spent/$amends" >>"$draft"
    fi
    if [ -f "$draft" ]; then mv -f "$draft" "$state/spent/$head"; fi
  }

  # `taken` where the commit has what the agent left, `part` where it has something else, `moved` as above.
  take='
    $1 != "file" { next }
    (path in new) && (is_file(new[path]) || !is_file(left)) {
      if (new[path] == left && (here || is_file(left))) print "taken", path
      else if (here) print "part", path
      next
    }
    moved && here { print "moved", path; next }
    (path in new) && here { print "taken", path }
  '

  move_taken() {
    unset GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS
    retired= parts= whole=
    for line in $taken; do
      path=${line#* }
      case $line in
        taken\ *) retired="${retired}retired $path$newline" ;;
        moved\ *) if [ ! -e "$path" ]; then retired="${retired}retired $path$newline"; fi ;;
        part\ *)
          parts=$parts$path$newline
          # git takes no quoted pathspec.
          case $path in \"*) whole=1 ;; esac
          ;;
      esac
    done
    mkdir -p "$state/spent" "$state/idle"
    hold_lock
    (
      sessions=$*
      if [ -n "$whole" ]; then set --; else set -- $parts; fi
      if [ -n "$parts" ]; then
        dirty=$newline$(git --literal-pathspecs -c core.quotePath=true diff --name-only --no-renames --no-ext-diff \
          --ignore-submodules -- "$@")$newline
      fi
      for path in $parts; do
        # Where a part of it is still to be committed, the record stays for that.
        case $dirty in *"$newline$path$newline"*) ;; *) retired="${retired}retired $path$newline" ;; esac
      done
      set -- $sessions
      set -- $(printf '%s\n%s' "$committed" "$retired" | awk -v "number=$$" -v "spent=$draft" "$functions$move" - "$@")
      for line in "$@"; do
        file=${line#* }
        case $line in idle\ *) mv -f "$file.$$" "$state/idle/${file##*/}" && rm -f "$file" ;; *) mv -f "$file.$$" "$file" ;; esac
      done
    )
    rmdir "$state/lock"
  }

  # Writes the files of the sessions anew of which something was taken, beside them, and prints `keep <file>` or
  # `idle <file>`, by whether a record is left in it.
  move='
    function close_file() {
      if (!changed) return
      print substr(text, 2) > (file "." number)
      close(file "." number)
      print (open ? "keep " : "idle ") file
    }
    FNR == 1 { close_file(); file = FILENAME; open = 0; changed = 0; header = ""; text = "" }
    {
      if ($1 != "file") {
        header = header "\n" $0
        text = text "\n" $0
        next
      }
      stays = 1
      if ((path in new) && here && !(path in retired)) {
        keep_spent()
        sub(/^file [^ ]+ [^ ]+/, "file " left " taken")
      } else if ((path in retired) && (here || new[path] == left)) {
        keep_spent()
        stays = 0
      }
      if (stays) { text = text "\n" $0; open = 1 }
    }
    function keep_spent() {
      changed = 1
      if (header != "") print substr(header, 2) > spent
      header = ""
      sub(/^file/, "spent")
      print > spent
      sub(/^spent/, "file")
    }
    END { close_file() }
  '

  # The agents hooks write to the same files, one at a time.
  hold_lock() {
    for wait in 1 2 3 4 5 6 7 8 9 10; do
      if mkdir "$state/lock"; then return; fi
      sleep 0.05 || sleep 1
    done
    mkdir -p "$state/lock"
  }

  # --- whom to name -------------------------------------------------------------------------------------------------

  credit() {
    assisted= sessions= traces= prompts= summaries= validated= accepted=
    read_records
    credit_environment
    if [ -n "$files" ]; then accept; fi
    # What was checked is what the agent left: not what somebody made of it since.
    case $files$accepted in '' | *'AI-Accepted: as-is'*) ;; *) validated= ;; esac
    if [ -n "$validated" ]; then join_validated; fi
    if [ -n "$amended" ]; then forget_measures; fi
    lines=$assisted$sessions$traces$prompts$summaries$accepted$validated
    if [ "$amended" = replaced ]; then restore; fi
  }

  # A line of the program above for each file.
  read_records() {
    files= agent= prompt_count=0 agents_read=0 unmeasured=
    for record in $records "session - -"; do
      case $record in
        session\ *)
          if [ -n "$agent" ]; then close_session; fi
          record=${record#session }
          agent=${record%% *}
          session=${record#* }
          agents_read=$((agents_read + 1))
          credited= trace= passed= own_prompts= texts=
          case $newline$env_agents in *"$newline$agent $session$newline"*) credited=1 ;; esac
          ;;
        trace\ *) trace=${record#trace } ;;
        passed\ *) passed="$passed${record#passed }$newline" ;;
        prompt\ *) texts="$texts${record#prompt }$newline" ;;
        file\ *) read_file "${record#* }" ;;
        moved\ *) split_record "${record#* }" && if [ ! -e "$path" ]; then read_file "${record#* }"; fi ;;
        many) unmeasured=1 ;;
        part\ *) split_record "${record#* }" && if stays_in_part; then read_file "${record#* }"; fi ;;
      esac
    done
  }

  split_record() {
    left=${1%% *}
    rest=${1#* }
    old=${rest%% *}
    rest=${rest#* }
    new=${rest%% *}
    rest=${rest#* }
    by=${rest%% *}
    rest=${rest#* }
    asked=${rest%% *}
    path=${rest#* }
  }

  # Where the file went on since, half of the agent's lines that are not committed yet have to be in the commit.
  stays_in_part() {
    parts=$((${parts:-0} + 1))
    if [ "$parts" -gt 50 ]; then return 1; fi
    measured="$left $old $new $path"
    measure "$measured" >/dev/null
    [ "${stayed:-0}" -gt 0 ] && [ $((stayed * 2)) -ge "$wrote" ]
  }

  read_file() {
    split_record "$1"
    credited=1
    add assisted "Assisted-by: $agent:$by"
    if [ "$asked" != - ]; then own_prompts=$own_prompts,$asked; fi
    if [ "$agents_read" -gt 1 ]; then
      case $newline$files in *" $path$newline"*) return ;; esac
    fi
    files="$files$left $old $new $path$newline"
  }

  close_session() {
    if [ -z "$credited" ]; then return; fi
    if [ "$session" != - ] && is_word "$session" && ! has_page; then
      add sessions "AI-Session: $(session_link)"
    fi
    if [ -n "$trace" ]; then add traces "AI-Trace: $trace"; fi
    validated=$validated$passed
    IFS=,
    for prompt in $own_prompts; do
      if [ -z "$prompt" ] || [ "$prompt_count" -ge 10 ]; then continue; fi
      case $newline$prompts in *"$newline"AI-Prompt:\ "$prompt$newline"*) continue ;; esac
      prompt_count=$((prompt_count + 1))
      add prompts "AI-Prompt: $prompt"
      case $newline$texts in
        *"$newline$prompt "*)
          text=${texts#*"$prompt "}
          add summaries "AI-Prompt-Summary: ${text%%"$newline"*}"
          ;;
      esac
    done
    IFS=$newline
  }

  # A session of Claude Code on the web has a page; its link says more than its id.
  session_link() {
    link=$session
    if [ "$session" = "${CLAUDE_CODE_SESSION_ID:-}" ] && [ -n "${CLAUDE_CODE_REMOTE_SESSION_ID:-}" ]; then
      page=https://claude.ai/code/session_${CLAUDE_CODE_REMOTE_SESSION_ID#cse_}
      if is_word "$page"; then link=$page; fi
    fi
    printf '%s' "$link"
  }

  # Outside of that terminal nothing tells which page is this session's; an amended commit may have it already.
  has_page() {
    if [ -z "$amended" ] || [ "$agent" != claude-code ]; then return 1; fi
    case $newline$env_agents in *"$newline$agent $session$newline"*) return 1 ;; esac
    case $newline$(git -c log.showSignature=false log -1 --format=%B HEAD) in
      *"${newline}AI-Session: https://claude.ai/code/session_"*) ;;
      *) return 1 ;;
    esac
  }

  # Puts the line $2 behind the lines in the variable $1, unless it is there. Not by `$( )`: that is a process a file.
  add() {
    eval "there=\$$1"
    case $newline$there in *"$newline$2$newline"*) ;; *) eval "$1=\$there\$2\$newline" ;; esac
  }

  credit_environment() {
    for proven in $env_agents; do
      agent=${proven%% *}
      session=${proven#* }
      if [ "$session" != - ]; then add sessions "AI-Session: $(session_link)"; fi
      read_trace
      case $newline$assisted in *"${newline}Assisted-by: $agent:"*) continue ;; esac
      model=$(model_of)
      if [ "$model" = unknown ]; then
        case $(cat "$message") in *[Aa]"ssisted-by: $agent:"*) continue ;; esac
      fi
      assisted="${assisted}Assisted-by: $agent:$model$newline"
    done
  }

  # The model that the session last used, where its hooks said so.
  model_of() {
    found=unknown mine=
    for record in $records; do
      case $record in
        session\ *) if [ "$record" = "session $agent $session" ]; then mine=1; else mine=; fi ;;
        model\ *) if [ -n "$mine" ]; then found=${record#model }; fi ;;
      esac
    done
    printf '%s' "$found"
  }

  # https://www.w3.org/TR/trace-context/: version-trace-parent-flags.
  read_trace() {
    case ${TRACEPARENT:-} in ??-????????????????????????????????-????????????????-??) ;; *) return ;; esac
    trace=${TRACEPARENT#???}
    trace=${trace%???}
    case $trace in *[!0-9a-f-]* | 00000000000000000000000000000000-*) return ;; esac
    case $newline$traces in *"${newline}AI-Trace: ${trace%-*}"*) return ;; esac
    traces="${traces}AI-Trace: $trace$newline"
  }

  # --- how much of it was taken -------------------------------------------------------------------------------------

  # docs/capture.md, "Accepted": as-is, partial n/m, edited, rewritten.
  accept() {
    if [ -n "$unmeasured" ]; then
      accepted="AI-Accepted: edited$newline"
      return
    fi
    same=1
    for file in $files; do
      left=${file%% *}
      rest=${file#* * }
      if [ "$left" != "${rest%% *}" ]; then same=; fi
    done
    if [ -n "$same" ]; then word=as-is; else measure "$files"; fi
    accepted="AI-Accepted: ${word:-edited}$newline"
  }

  # Three trees with a file each for every edited path: before, as the agent left it, as it is committed. One
  # `git diff-tree` then compares them all.
  measure() {
    before_tree= left_tree= committed_tree= number=0 word=edited
    wrote=0 lost=0 brought=0 stayed=0 hunks=0 part=
    for file in $1; do
      number=$((number + 1))
      eval "ranges_$number="
      left=${file%% *}
      rest=${file#* }
      old=${rest%% *}
      rest=${rest#* }
      enter before_tree "$old"
      enter left_tree "$left"
      enter committed_tree "${rest%% *}"
    done
    set -- $(printf '%s\n%s\n%s\n' "$before_tree" "$left_tree" "$committed_tree" | git mktree --missing --batch)
    if [ $# -ne 3 ]; then return; fi
    for line in $(printf '%s %s\n%s %s\n%s %s\n' "$1" "$2" "$2" "$3" "$1" "$3" |
      git diff-tree --stdin -r -p -U0 --text --no-renames --no-color --no-ext-diff --no-textconv \
        --src-prefix=a/ --dst-prefix=b/); do
      case $line in
        "$1 $2") part=wrote ;;
        "$2 $3") part=lost ;;
        "$1 $3") part=brought ;;
        'diff --git a/'*) file=${line##* b/} ;;
        '@@ -'*) count_hunk || return ;;
      esac
    done
    stayed=$((wrote - lost))
    if [ "$wrote" -eq 0 ]; then
      word=edited
    elif [ $((stayed * 2)) -lt "$wrote" ] && { [ "$stayed" -eq 0 ] || [ "$brought" -gt "$stayed" ]; }; then
      word=rewritten
    elif [ "$brought" -le "$stayed" ] && [ "$stayed" -lt "$wrote" ]; then
      word="partial $stayed/$wrote"
    fi
  }

  # No entry for a file that is not there.
  enter() {
    case $2 in *[!0]*) eval "$1=\"\${$1}100644 blob $2$tab$number$newline\"" ;; esac
  }

  # `@@ -start,count +start,count @@`; a count that is left out is 1.
  count_hunk() {
    hunks=$((hunks + 1))
    if [ "$hunks" -gt 2000 ]; then return 1; fi
    range=${line#@@ -}
    from=${range%% *}
    range=${range#* +}
    to=${range%% *}
    case $part in
      lost) size "$from" && lose "${from%,*}" "$count" ;;
      wrote)
        size "$to"
        wrote=$((wrote + count))
        if [ "$count" -gt 0 ]; then eval "ranges_$file=\"\${ranges_$file:-}${to%,*} $count\$newline\""; fi
        ;;
      brought) size "$to" && brought=$((brought + count)) ;;
    esac
  }

  size() {
    case $1 in *,*) count=${1#*,} ;; *) count=1 ;; esac
  }

  # How many of the agent's lines are among $2 lines from line $1 on, which the commit lacks.
  lose() {
    last=$(($1 + $2))
    eval "ranges=\${ranges_$file:-}"
    for range in $ranges; do
      start=${range% *}
      end=$((start + ${range#* }))
      if [ "$start" -lt "$1" ]; then start=$1; fi
      if [ "$end" -gt "$last" ]; then end=$last; fi
      if [ "$end" -gt "$start" ]; then lost=$((lost + end - start)); fi
    done
  }

  # What ran and passed since the last commit: while HEAD was what it is now, or, where HEAD is amended, its parent.
  join_validated() {
    set -- $heads
    known=" ${1:-none} "
    if [ -n "$amended" ]; then known="$known${2:-none} "; fi
    words=
    for kind in tests lint types; do
      for passed in $validated; do
        if [ "${passed%% *}" != "$kind" ]; then continue; fi
        case $known in *" ${passed#* } "*) words="$words, $kind" && break ;; esac
      done
    done
    validated=
    if [ -n "$words" ]; then validated="AI-Validated: ${words#, }$newline"; fi
  }

  # --- what other commits said --------------------------------------------------------------------------------------

  # What an amended commit said of its content no longer holds where that is another now and nothing told how much of
  # it is left, as after a rebase, which changes the id by which the records are found.
  forget_measures() {
    for key in AI-Accepted AI-Validated; do
      case $key in AI-Accepted) told=$accepted ;; *) told=$validated ;; esac
      if [ -z "$told" ] && ! git diff-index --cached --quiet HEAD; then gone="$gone$key$newline"; fi
    done
  }

  # While a rebase or the like is stopped, `commit --amend -m` still throws the old message away.
  keep_amended() {
    find_amended
    if [ -z "$amended" ]; then return; fi
    forget_measures
    if [ "$amended" = replaced ]; then restore; fi
  }

  # `--amend -m` throws the old message away, and with it what it said about tools.
  restore() {
    for line in $(git -c log.showSignature=false log -1 --format='%(trailers:only,unfold)' HEAD); do
      case $newline$gone in *"$newline${line%%:*}$newline"*) continue ;; esac
      if says_who "$line"; then add lines "$line"; fi
    done
    gone=
  }

  # A trailer about tools; people's own co-authors only where $2 asks for them.
  says_who() {
    if [ ${#1} -gt 300 ]; then return 1; fi
    case $1 in
      [Cc]o-[Aa]uthored-[Bb]y:*\<*\>* | [Cc]o-[Dd]eveloped-[Bb]y:*\<*\>*) [ -n "${2:-}" ] || is_tool "$1" ;;
      [Aa]ssisted-[Bb]y:* | [Gg]enerated-[Bb]y:* | [Mm]ade-[Ww]ith:*) ;;
      [Aa][Ii]-[Ss]ession:* | [Aa][Ii]-[Tt]race:* | [Aa][Ii]-[Pp]rompt:* | [Aa][Ii]-[Pp]rompt-[Ss]ummary:*) ;;
      [Aa][Ii]-[Mm]odel:* | [Aa][Ii]-[Aa]ssisted:*[Yy][Ee][Ss] | [Aa][Ii]-[Aa]ssisted:*[Tt][Rr][Uu][Ee]) ;;
      [Aa][Ii]-[Aa]ccepted:*) [ -z "$accepted" ] ;;
      [Aa][Ii]-[Vv]alidated:*) [ -z "$validated" ] ;;
      Claude-Session:* | Copilot-Session:* | Agent-Logs-Url:* | Amp-Thread-ID:* | Entire-Checkpoint:*) ;;
      Replit-Commit-Session-Id:* | Claude-Generated-By:* | Co-authored-by-AI:* | Commit-generated-by:*) ;;
      *) return 1 ;;
    esac
  }

  is_tool() {
    case $newline$tools in *"$newline$1$newline"*) return 0 ;; esac
    case $newline$others_mails in *"$newline$1$newline"*) return 1 ;; esac
    mail=$(printf '%s' "${1##*<}" | tr 'A-Z' 'a-z')
    mail=${mail%%>*}
    for known in $tool_mails; do
      case $known in
        +*) case $mail in *"$known") add tools "$1" && return 0 ;; esac ;;
        *) if [ "$mail" = "$known" ]; then add tools "$1" && return 0; fi ;;
      esac
    done
    add others_mails "$1"
    return 1
  }

  # `git merge --squash` writes the children's messages one after the other, newest first, each line behind four
  # blanks. What counts is each child's own last block, as git reads it from the commit.
  lift_children() {
    children= child=0
    for line in $(cat "$place/SQUASH_MSG"); do
      case $line in
        'commit '*)
          line=${line#commit }
          children="$children${line%% *}$newline"
          child=$((child + 1))
          if [ "$child" -ge 500 ]; then break; fi
          ;;
      esac
    done
    find_squashed || return
    read_children people
    lines=$assisted$others
    if [ -n "$exact" ] && [ -n "$agreed" ]; then lines="${lines}AI-Accepted: $agreed$newline"; fi
    if [ -n "$exact" ]; then lines=$lines$newest_checks; fi
    lines=$lines$people
  }

  # SQUASH_MSG stays behind when a squash is given up. So each path that is staged counts only if it holds what the
  # newest child left there, or half of the lines that it brought. `exact` if nothing else is in it.
  find_squashed() {
    real= exact=1
    tip=${children%%"$newline"*}
    git rev-parse -q --verify "$tip^{tree}" || return 1
    told=$({
      compare HEAD
      echo --
      compare "$tip"
    } | awk '
      $0 == "--" { second = 1; next }
      { path = substr($0, index($0, "\t") + 1) }
      second { tip[path] = $3; next }
      { old[path] = $3; new[path] = $4 }
      END {
        for (path in new) {
          if (path in tip) print "other", tip[path], old[path], new[path], path
          else print "real", path
        }
      }')
    for line in $told; do
      case $line in
        real\ *) real=$real$line$newline ;;
        *)
          exact=
          split_squashed "${line#other }"
          if stays_in_part; then real="${real}real $path$newline"; fi
          ;;
      esac
    done
    [ -n "$real" ]
  }

  split_squashed() {
    left=${1%% *}
    rest=${1#* }
    old=${rest%% *}
    rest=${rest#* }
    new=${rest%% *}
    path=${rest#* }
  }

  # In an interactive rebase, squash and fixup make one commit of HEAD and of these; git keeps the words of some.
  join_picks() {
    children=HEAD$newline
    for line in $(cat "$place/rebase-merge/current-fixups"); do children="$children${line##* }$newline"; done
    real= exact=1
    read_children ''
    gone="AI-Accepted${newline}AI-Validated$newline"
    lines=$assisted$others
    if [ -n "$agreed" ]; then lines="${lines}AI-Accepted: $agreed$newline"; fi
    lines=$lines$checks$people
  }

  # Of `children`, those that touch a real path, where such are known: what their trailers say of tools, and of other
  # people where $1 asks for them. `agreed` is their AI-Accepted if all children state the same, `newest_checks` the
  # AI-Validated of the first and `checks` that of the last.
  read_children() {
    assisted= others= people= agreed= mixed= count=0 newest_checks= checks= tools= others_mails=
    for line in $(
      {
        printf '%s' "$real"
        echo --
        printf '%s' "$children" | git -c core.quotePath=true -c log.showSignature=false -c trailer.separators=: log \
          --no-walk=unsorted --stdin --no-color --name-only --no-renames --no-ext-diff --diff-filter=ABCDMRTUX \
          --format='%x01%n%x02%an <%ae>%n%(trailers:only,unfold)%n%x03'
      } | awk '
        /^\001/ { finish(); text = "\nchild"; touches = 0; missing = 0; state = "author"; next }
        state == "" { if ($1 == "real") { some = 1; real[substr($0, 6)] }; next }
        state == "author" { text = text "\nauthor " substr($0, 2); state = "said"; next }
        state == "said" { if (/^\003/) state = "paths"; else if ($0 != "") text = text "\nsaid " $0; next }
        $0 == "" { next }
        $0 in real { touches = 1; next }
        { missing = 1 }
        function finish() {
          if (text == "") return
          if (some && !touches) print "child"
          else print substr(text, 2)
          if (some && missing) print "missing"
        }
        END { finish() }
      '
    ); do
      case $line in
        child)
          count=$((count + 1))
          checks=
          if [ "$count" -gt 1 ] && [ -z "$stated" ]; then mixed=1; fi
          stated=
          ;;
        missing) exact= ;;
        author\ *)
          # Who wrote the first one of a rebase is the author of what comes out.
          if { [ -n "$1" ] || [ "$count" -gt 1 ]; } && is_tool "$line"; then add people "Co-authored-by: ${line#author }"; fi
          ;;
        said\ *) if says_who "${line#said }" "$1"; then lift "${line#said }"; fi ;;
      esac
    done
    if [ -z "$stated" ] || [ -n "$mixed" ]; then agreed=; fi
    case $agreed in partial*) if [ "$count" -gt 1 ]; then agreed=; fi ;; esac
  }

  lift() {
    case $1 in
      [Aa][Ii]-[Aa]ccepted:*)
        stated=${1#*:}
        stated=${stated# }
        if [ "$count" -gt 1 ] && [ "$stated" != "$agreed" ]; then mixed=1; fi
        agreed=$stated
        ;;
      [Aa][Ii]-[Vv]alidated:*)
        checks=$1$newline
        if [ "$count" -eq 1 ]; then newest_checks=$1$newline; fi
        ;;
      [Cc]o-[AaDd]*) add people "$1" ;;
      [Aa]ssisted-[Bb]y:* | [Gg]enerated-[Bb]y:*) add assisted "$1" ;;
      *) add others "$1" ;;
    esac
  }

  # --- writing ------------------------------------------------------------------------------------------------------

  # Takes the trailers with the keys in `gone` out of the message's own block.
  drop_trailers() {
    for line in $(alone interpret-trailers --parse --no-divider "$message"); do
      case $newline$gone in *"$newline${line%%:*}$newline"*) drop_line "$line" ;; esac
    done
  }

  # The last such line: the block is at the end.
  drop_line() {
    text=$newline$(
      cat "$message"
      echo .
    )
    text=${text%.}
    case $text in *"$newline$1$newline"*) ;; *) return ;; esac
    after=${text##*"$newline$1$newline"}
    before=${text%"$newline$1$newline$after"}
    printf '%s\n%s' "${before#"$newline"}" "$after" >"$message.$$" && mv -f "$message.$$" "$message"
  }

  # The settings of the repository and of the person stay out: `trailer.<name>.command` would run here for keys that
  # we never touch. Each line goes to the beginning of the block, so the last one is given first.
  write_trailers() {
    read_settings
    begin_paragraph
    set --
    written=$newline$(cat "$message")
    text=
    if [ "$amended" = kept ]; then text=$written; fi
    for line in $lines; do
      # `Assisted-by: agent:model tool` says it already.
      case $line in
        Assisted-by:*) case $written$newline$lines in *"$newline$line "*) continue ;; esac ;;
      esac
      where=start rule=addIfDifferent
      case $line in
        AI-Accepted:* | AI-Validated:*)
          rule=doNothing
          # What an amended commit said of itself before is put right where it stands.
          case $text in *"$newline${line%%:*}:"*) where=after rule=replace ;; esac
          ;;
      esac
      set -- --where "$where" --if-exists "$rule" --if-missing add --trailer "$line" "$@"
    done
    alone -c "core.commentChar=$comment" interpret-trailers --in-place --no-divider "$@" "$message"
  }

  # `https://…` at the beginning of a line looks like a trailer to git, which would write `https: //…`. So the lines
  # begin a paragraph of their own where the last one has such a link, or `Ref:x` and no sign-off.
  begin_paragraph() {
    lowest=${lines%"$newline"}
    lowest=${lowest##*"$newline"}
    if comment=$comment lowest=$lowest awk '
      { text[NR] = $0 }
      !cut && index($0, ENVIRON["comment"] " ------------------------ >8") == 1 { cut = NR }
      END {
        end = cut ? cut - 1 : NR
        while (end > 0 && (text[end] ~ /^[ \t]*$/ || index(text[end], ENVIRON["comment"]) == 1)) end--
        start = end
        while (start > 1 && text[start - 1] !~ /^[ \t]*$/) start--
        for (at = start; at <= end; at++) {
          if (text[at] ~ /^[A-Za-z0-9-]+[ \t]*:\/\//) link = 1
          else if (text[at] ~ /^[A-Za-z0-9-]+:[^ \t]/) tight = 1
          if (text[at] ~ /^(Signed-off-by|Co-authored-by): /) signed = 1
        }
        if (start <= 1 || !(link || (tight && !signed))) exit 1
        for (at = 1; at <= end; at++) print text[at]
        print ""
        print ENVIRON["lowest"]
        for (; at <= NR; at++) print text[at]
      }' "$message" >"$message.$$"; then
      mv -f "$message.$$" "$message"
    else
      rm -f "$message.$$"
    fi
  }

  alone() (
    unset GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT GIT_CONFIG
    HOME=/dev/null XDG_CONFIG_HOME=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null git --git-dir=/dev/null "$@"
  )

  amended= tools= others_mails=
  third=${4:-}
  tool_mails='@TOOL_MAILS@'
  main "$@"
)

countersign_capture "$countersign_hook" "$@" </dev/null >/dev/null 2>&1 || :
