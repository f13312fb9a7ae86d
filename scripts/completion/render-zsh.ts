import { type CommandCandidate, LIST_ENVIRONMENTS, type OptionCandidate, PROGRAM, quote } from "./candidates.ts";

/** For _describe and _arguments (zshcompsys), which take a colon for the end of a part. */
export function renderZsh(commands: readonly CommandCandidate[]): string {
  return `#compdef ${PROGRAM}
_auth0_stripe_actions_environments() {
  local -a names=(\${(f)"$(${LIST_ENVIRONMENTS})"})
  compadd -a names
}
_auth0_stripe_actions() {
  if [[ $words[1] == npx ]]; then
    [[ $words[2] == ${PROGRAM} ]] && (( CURRENT > 2 )) || { _default; return }
    shift words
    (( CURRENT-- ))
  fi
  local -a commands=(
${commands.map(({ name, help }) => `    ${quote(`${escapeColons(name)}:${help}`)}`).join("\n")}
  )
  (( CURRENT == 2 )) && { _describe command commands; return }
  shift words
  (( CURRENT-- ))
  case $words[1] in
${commands.map((command) => `    ${command.name}) _arguments ${renderSpecs(command)} ;;`).join("\n")}
  esac
}
compdef _auth0_stripe_actions ${PROGRAM} npx`;
}

function renderSpecs({ options, words }: CommandCandidate): string {
  return [...options.map(renderOption), ...(words.length === 0 ? [] : [quote(`1:word:(${words.join(" ")})`)])].join(
    " ",
  );
}

const ACTIONS = {
  none: "",
  environment: ":environment:_auth0_stripe_actions_environments",
  file: ":file:_files",
  other: ":value:",
};

function renderOption({ name, value, isRepeated, help }: OptionCandidate): string {
  const text = escapeColons(help).replaceAll(/[[\]]/g, "\\$&");
  return quote(`${isRepeated ? "*" : ""}--${name}[${text}]${ACTIONS[value]}`);
}

const escapeColons = (text: string): string => text.replaceAll(":", "\\:");
