import { type CommandCandidate, LIST_ENVIRONMENTS, type OptionCandidate, PROGRAM, quote } from "./candidates.ts";

export function renderFish(commands: readonly CommandCandidate[]): string {
  return `function __auth0_stripe_actions_environments
  ${LIST_ENVIRONMENTS}
end
# Whether this command was typed; without one, whether one is to be.
function __auth0_stripe_actions_at
  set -l words (commandline -opc)
  test "$words[1]" = npx; and set -e words[1]
  string match -q '*${PROGRAM}' -- "$words[1]"; or return 1
  if set -q argv[1]
    test "$words[2]" = $argv[1]
  else
    test (count $words) = 1
  end
end
for program in ${PROGRAM} npx
${commands.flatMap(renderCommand).join("\n")}
end`;
}

function renderCommand({ name, help, options, words }: CommandCandidate): readonly string[] {
  const at = `  complete -c $program -n ${quote(`__auth0_stripe_actions_at ${name}`)}`;
  return [
    `  complete -c $program -n __auth0_stripe_actions_at -f -a ${quote(name)} -d ${quote(help)}`,
    `${at} -f -a ${quote(words.join(" "))}`,
    ...options.map((option) => `${at} -l ${option.name}${ARGUMENTS[option.value]} -d ${quote(option.help)}`),
  ];
}

const ARGUMENTS: Readonly<Record<OptionCandidate["value"], string>> = {
  none: "",
  environment: " -x -a '(__auth0_stripe_actions_environments)'",
  file: " -r -F",
  other: " -x",
};
