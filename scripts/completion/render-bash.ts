import { type CommandCandidate, LIST_ENVIRONMENTS, type OptionCandidate, PROGRAM, quote } from "./candidates.ts";

/** Bash takes a colon for the end of a word: the line is split anew, and of a reply only what follows the last colon counts. */
export function renderBash(commands: readonly CommandCandidate[]): string {
  const behind = (value: OptionCandidate["value"]) =>
    commands.flatMap(({ name, options }) =>
      options.filter((option) => option.value === value).map((option) => quote(`${name} --${option.name}`)),
    );
  return `_auth0_stripe_actions_environments() {
  ${LIST_ENVIRONMENTS}
}
_auth0_stripe_actions() {
  local line=\${COMP_LINE:0:COMP_POINT} words current candidates=
  COMPREPLY=()
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  [[ \${words[0]} == npx ]] && words=("\${words[@]:1}")
  [[ \${words[0]##*/} == ${PROGRAM} ]] || return
  compopt +o default 2>/dev/null
  current=\${words[\${#words[@]}-1]}
  if (( \${#words[@]} == 2 )); then
    candidates=${quote(commands.map(({ name }) => name).join(" "))}
  else
    case \${words[1]} in
${commands.map((command) => `      ${command.name}) candidates=${quote(listWords(command))} ;;`).join("\n")}
    esac
    case "\${words[1]} \${words[\${#words[@]}-2]}" in
      ${behind("environment").join("|")}) candidates=$(_auth0_stripe_actions_environments) ;;
      ${behind("file").join("|")}) compopt -o default 2>/dev/null; return ;;
      ${behind("other").join("|")}) return ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$candidates" -- "$current"))
  [[ $current == *:* ]] && COMPREPLY=("\${COMPREPLY[@]#"\${current%:*}:"}")
  return 0
}
complete -o default -F _auth0_stripe_actions ${PROGRAM} npx`;
}

const listWords = ({ options, words }: CommandCandidate): string =>
  [...words, ...options.map(({ name }) => `--${name}`)].join(" ");
