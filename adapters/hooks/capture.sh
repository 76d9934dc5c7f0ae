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
    # After the commit there is no message to write.
    case $1 in post-commit) return ;; esac
    message=$2
    source=${3:-}
    find_place || return
    case $1 in
      commit-msg) resume || return ;;
      *) if [ -e "$state/unwritten" ]; then rm -f "$state/unwritten"; fi ;;
    esac
    # A merge's parents speak for themselves, and a replayed commit brings its own trailers along.
    case $source in merge) return ;; esac
    if is_replay; then return; fi
    lines=
    if [ -f "$place/SQUASH_MSG" ] && { [ "$source" = squash ] || [ "$source" = message ]; }; then
      # A person's squash is not the work of the tool in whose terminal it was made: only what the children say.
      lift_children
    else
      find_environment
      read_state
      find_amended
      if [ -z "$env_agents$records$amended" ]; then return; fi
      if is_unwritten || is_empty; then return; fi
      credit
    fi
    if [ -n "$lines" ]; then write_trailers; fi
  }

  # git hands over `<git dir>/COMMIT_EDITMSG`, so the git directory of this worktree is known without asking.
  find_place() {
    case $message in */*) place=${message%/*} ;; *) place=. ;; esac
    if [ ! -e "$place/HEAD" ]; then place=$(git rev-parse --git-dir) || return 1; fi
    state=$place/ai-provenance
  }

  is_replay() {
    for mark in rebase-merge rebase-apply sequencer CHERRY_PICK_HEAD REVERT_HEAD; do
      if [ -e "$place/$mark" ]; then return 0; fi
    done
    return 1
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

  read_state() {
    records=
    if [ ! -d "$state" ]; then return; fi
    set +f
    set -- "$state"/*.session
    set -f
    if [ -f "$1" ]; then records=$(cat "$@"); fi
  }

  # `commit --amend -m` looks like `commit -m` from here; only git's own command line tells.
  find_amended() {
    amended=
    case $source in
      commit) if [ "${third:-}" = HEAD ]; then amended=kept; fi ;;
      message) if called_with_amend; then amended=replaced; fi ;;
    esac
  }

  called_with_amend() {
    process=$PPID
    for step in 1 2 3 4; do
      words=$(command_line "$process")
      case $newline$words$newline in
        *"git${newline}commit$newline"* | *"git-commit$newline"*) names_amend && return 0 || return 1 ;;
        *"${newline}commit$newline"*) if names_amend; then return 0; fi ;;
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

  # --- whom to name -------------------------------------------------------------------------------------------------

  credit() {
    assisted= sessions= traces= prompts= summaries= validated= accepted=
    read_staged
    read_records
    credit_environment
    if [ -n "$files" ]; then accept; fi
    if [ -n "$validated" ]; then join_validated; fi
    lines=$assisted$sessions$traces$prompts$summaries$accepted$validated
    if [ "$amended" = replaced ]; then restore; fi
  }

  # The files of this commit among those that agents edited, as `:mode mode old new status<tab>path`.
  read_staged() {
    staged=
    paths=
    whole=
    for record in $records; do
      case $record in
        file\ *)
          path=${record#file * * * * }
          # git quotes a path with odd bytes, and takes no quoted pathspec.
          case $path in \"*) whole=1 ;; *) paths="$paths$path$newline" ;; esac
          ;;
      esac
    done
    if [ -z "$paths$whole" ]; then return; fi
    if [ -n "$whole" ]; then set --; else set -- $paths; fi
    parent=HEAD
    if [ -n "$amended" ]; then parent=HEAD^; fi
    staged=$(compare "$parent" "$@") || staged=$(compare "$(git hash-object -t tree --stdin)" "$@")
    staged=$newline$staged$newline
  }

  compare() {
    tree=$1
    shift
    git --literal-pathspecs -c core.quotePath=true diff-index --cached --raw --no-abbrev --no-renames "$tree" -- "$@"
  }

  # A record stands as long as nobody committed its file since: the parent still has what the agent began with, or
  # the commit brings exactly what the agent left. So nothing has to be deleted when a commit succeeds, is given up,
  # amended or taken back.
  read_records() {
    files= agent= prompt_count=0 agents_read=0
    for record in $records "session - -"; do
      case $record in
        session\ *)
          if [ -n "$agent" ]; then close_session; fi
          record=${record#session }
          agent=${record%% *}
          session=${record#* }
          agents_read=$((agents_read + 1)) remaining=$staged
          credited= trace= passed= own_prompts= texts=
          case $newline$env_agents in *"$newline$agent $session$newline"*) credited=1 ;; esac
          ;;
        trace\ *) trace=${record#trace } ;;
        passed\ *) passed="$passed${record#passed }$newline" ;;
        prompt\ *) texts="$texts${record#prompt }$newline" ;;
        file\ *) read_file "${record#file }" ;;
      esac
    done
  }

  read_file() {
    left=${1%% *}
    rest=${1#* }
    base=${rest%% *}
    rest=${rest#* }
    by=${rest%% *}
    rest=${rest#* }
    asked=${rest%% *}
    path=${rest#* }
    case $remaining in *"$tab$path$newline"*) ;; *) return ;; esac
    ahead=${remaining%%"$tab$path$newline"*}
    before=${ahead##*"$newline"}
    # Both lists are sorted, so the line is one of the first; cut out, it keeps the search for the next one short.
    if [ ${#ahead} -lt 2000 ]; then remaining=${ahead%"$before"}${remaining#"$ahead$tab$path$newline"}; fi
    before=${before% *}
    new=${before##* }
    before=${before% *}
    old=${before##* }
    if [ "$old" != "$base" ] && [ "$new" != "$left" ]; then return; fi
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
    if [ "$session" != - ] && is_word "$session"; then
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
    same=1
    for file in $files; do
      left=${file%% *}
      rest=${file#* * }
      if [ "$left" != "${rest%% *}" ]; then same=; fi
    done
    if [ -n "$same" ]; then word=as-is; else word=$(measure); fi
    accepted="AI-Accepted: ${word:-edited}$newline"
  }

  # Three trees with a file each for every edited path: before, as the agent left it, as it is committed. One
  # `git diff-tree` then compares them all.
  measure() {
    before_tree= left_tree= committed_tree= number=0
    for file in $files; do
      number=$((number + 1))
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
    wrote=0 lost=0 brought=0 hunks=0 part=
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
      printf edited
    elif [ $((stayed * 2)) -lt "$wrote" ] && { [ "$stayed" -eq 0 ] || [ "$brought" -gt "$stayed" ]; }; then
      printf rewritten
    elif [ "$brought" -le "$stayed" ] && [ "$stayed" -lt "$wrote" ]; then
      printf 'partial %s/%s' "$stayed" "$wrote"
    else
      printf edited
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
    heads=" $(git rev-parse -q --verify HEAD || printf none) "
    if [ -n "$amended" ]; then heads="$heads$(git rev-parse -q --verify HEAD^ || printf none) "; fi
    words=
    for kind in tests lint types; do
      for passed in $validated; do
        if [ "${passed%% *}" != "$kind" ]; then continue; fi
        case $heads in *" ${passed#* } "*) words="$words, $kind" && break ;; esac
      done
    done
    validated=
    if [ -n "$words" ]; then validated="AI-Validated: ${words#, }$newline"; fi
  }

  # --- what other commits said --------------------------------------------------------------------------------------

  # `--amend -m` throws the old message away, and with it what it said about tools.
  restore() {
    for line in $(git -c log.showSignature=false log -1 --format='%(trailers:only,unfold)' HEAD); do
      if says_who "$line"; then add lines "$line"; fi
    done
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
    mail=$(printf '%s' "${1##*<}" | tr 'A-Z' 'a-z')
    mail=${mail%%>*}
    for known in $tool_mails; do
      case $known in
        +*) case $mail in *"$known") return 0 ;; esac ;;
        *) if [ "$mail" = "$known" ]; then return 0; fi ;;
      esac
    done
    return 1
  }

  # `git merge --squash` writes the children's messages one after the other, newest first, each line behind four
  # blanks, where git finds no trailer.
  lift_children() {
    assisted= others= checks= people= accepted= validated=none child=0 degree= stated=0 told=0 tells=
    for line in $(cat "$place/SQUASH_MSG"); do
      case $line in
        'commit '*)
          told=$((told + ${tells:-0}))
          tells=
          child=$((child + 1))
          # What the newest child was tested with is what the squash holds; the others' tests ran on less.
          if [ "$child" -eq 1 ]; then validated=; else validated=none; fi
          ;;
        'Author: '*\<*\>)
          if is_tool "$line"; then
            tells=1
            add people "Co-authored-by: ${line#Author: }"
          fi
          ;;
        '    '*)
          while case $line in [\ $tab]*) true ;; *) false ;; esac do line=${line#?}; done
          if says_who "$line" people; then lift "$line"; fi
          ;;
      esac
    done
    told=$((told + ${tells:-0}))
    lines=$assisted$others
    if [ "$told" -gt 0 ] && [ "$stated" -eq "$told" ]; then lines="${lines}AI-Accepted: $degree$newline"; fi
    lines=$lines$checks$people
  }

  lift() {
    case $1 in
      [Aa][Ii]-[Aa]ccepted:*)
        stated=$((stated + 1))
        stricter "${1#*:}"
        ;;
      [Aa][Ii]-[Vv]alidated:*) add checks "$1" ;;
      [Cc]o-[AaDd]*)
        add people "$1"
        if is_tool "$1"; then tells=1; fi
        ;;
      [Aa]ssisted-[Bb]y:* | [Gg]enerated-[Bb]y:*)
        tells=1
        add assisted "$1"
        ;;
      *)
        tells=1
        add others "$1"
        ;;
    esac
  }

  # As one commit they are accepted as the one that asks for most care: as-is, then partial, edited, rewritten.
  stricter() {
    word=${1# }
    case $(rank "$word")$(rank "$degree") in [1234]9 | 12 | 13 | 14 | 23 | 24 | 34) degree=$word ;; esac
  }

  rank() {
    case $1 in as-is) printf 1 ;; partial\ *) printf 2 ;; edited) printf 3 ;; rewritten) printf 4 ;; *) printf 9 ;; esac
  }

  # --- writing ------------------------------------------------------------------------------------------------------

  # The settings of the repository and of the person stay out: `trailer.<name>.command` would run here for keys that
  # we never touch. Each line goes to the beginning of the block, so the last one is given first.
  write_trailers() {
    read_settings
    set --
    text=
    if [ "$amended" = kept ]; then text=$newline$(cat "$message"); fi
    for line in $lines; do
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
    unset GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT GIT_CONFIG
    HOME=/dev/null XDG_CONFIG_HOME=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null \
      git --git-dir=/dev/null -c "core.commentChar=$comment" interpret-trailers --in-place --no-divider "$@" "$message"
  }

  amended=
  third=${4:-}
  tool_mails='@TOOL_MAILS@'
  main "$@"
)

countersign_capture "$countersign_hook" "$@" </dev/null >/dev/null 2>&1 || :
