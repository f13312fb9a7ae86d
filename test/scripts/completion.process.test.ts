import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawnScript } from "../support/spawn-script.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];
/** The others are not everywhere; Debian has packages of their names. */
const ours = SHELLS.filter((shell) => spawnSync(shell, ["-c", "true"]).status === 0);

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "completion-"));
  mkdirSync(join(folder, "environments"));
  for (const name of ["production.env", "production.yaml", "staging.yaml", "eu.env.example"]) {
    writeFileSync(join(folder, "environments", name), "");
  }
  writeFileSync(join(folder, "a file.txt"), "");
  for (const shell of ours) {
    const script = spawnScript("completion", [shell]);
    expect(await script.ended).toBe(0);
    writeFileSync(join(folder, shell), script.stdout());
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(shell: Shell, code: string, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(shell, [...args, "-c", code], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: folder },
  });
  expect(stderr).toBe("");
  return stdout;
}
const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What the shell offers behind a line, as far as it differs from it. */
function complete(shell: "bash" | "fish", line: string): readonly string[] {
  const printed =
    shell === "bash"
      ? run(
          "bash",
          `source ./bash; COMP_LINE=${inQuotes(line)}; COMP_POINT=\${#COMP_LINE}; _auth0_stripe_actions; printf '%s\\n' "\${COMPREPLY[@]}"`,
        )
      : run("fish", `source ./fish; complete -C ${inQuotes(line)}`, "--no-config");
  return printed
    .split("\n")
    .map((candidate) => candidate.split("\t")[0] ?? "")
    .filter((candidate) => candidate !== "");
}

/** The line as zsh leaves it after the key: it is asked in a terminal of its own, since its completion knows no other place. */
function pressTab(line: string): string {
  const show = `show() { print -r -- "<<$BUFFER>>"; zle kill-whole-line }; zle -N show; bindkey '^P' show`;
  const setUp = `PS1=; autoload -Uz compinit; compinit -u -D; source ./zsh; setopt no_list_beep; ${show}; echo rea''dy`;
  const code = `zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z ${inQuotes(setUp)}; zpty -r z said '*ready*'
zpty -wn z ${inQuotes(line)}$'\\t\\x10'; zpty -r z said '*<<*>>*'; print -r -- $said; zpty -d z`;
  return /<<(.*)>>/s.exec(run("zsh", code, "-f"))?.[1] ?? "";
}

const COMMANDS = [
  "rehearse",
  "local",
  "example",
  "build",
  "plan",
  "deploy",
  "rollback",
  "stripe:catalogue",
  "backfill",
  "completion",
];

describe.each(ours.filter((shell) => shell !== "zsh"))("%s completes", (shell) => {
  test("every command, and what stands alone", () => {
    const offered = complete(shell, "auth0-stripe-actions ");
    expect(offered).toEqual(expect.arrayContaining(COMMANDS));
    const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
      scripts: Readonly<Record<string, string>>;
    };
    expect(offered.filter((name) => !name.startsWith("--")).sort()).toEqual(
      Object.keys(scripts)
        .filter((name) => scripts[name]!.includes("run.mjs"))
        .sort(),
    );
  });

  test.each<[line: string, offered: readonly string[]]>([
    ["auth0-stripe-actions rol", ["rollback"]],
    ["npx auth0-stripe-actions rol", ["rollback"]],
    ["auth0-stripe-actions deploy --y", ["--yes"]],
    ["auth0-stripe-actions rollback --a", ["--action"]],
    ["auth0-stripe-actions build --env ", ["production", "staging"]],
    ["auth0-stripe-actions stripe:catalogue --env st", ["staging"]],
    ["npx auth0-stripe-actions why someone@example.com --env p", ["production"]],
    ["auth0-stripe-actions completion z", ["zsh"]],
    ["auth0-stripe-actions why --limit ", []],
    ["auth0-stripe-actions nothing --", []],
  ])("%s", (line, offered) => {
    expect(complete(shell, line)).toEqual(offered);
  });

  test("each option of a command, and none of another", () => {
    const offered = complete(shell, "auth0-stripe-actions rollback --");
    expect([...offered].sort()).toEqual(["--action", "--env", "--help", "--json", "--to", "--yes"]);
  });
});

test("a folder is completed by the shell itself", () => {
  expect(complete("bash", "auth0-stripe-actions gateways --out environ")).toEqual([]);
  if (ours.includes("fish")) {
    expect(complete("fish", "auth0-stripe-actions gateways --out environ")).toEqual(["environments/"]);
    expect(complete("fish", "auth0-stripe-actions gateways environ")).toEqual([]);
  }
});

test("bash gets of a name with a colon what stands behind it, which is a word of its own there", () => {
  expect(complete("bash", "auth0-stripe-actions stripe:")).toEqual(["catalogue"]);
  expect(complete("bash", "auth0-stripe-actions test:g")).toEqual(["gateways"]);
});

test("bash leaves npx of other programs alone", () => {
  expect(complete("bash", "npx jest --")).toEqual([]);
});

(ours.includes("zsh") ? describe : describe.skip)("zsh completes", () => {
  test.each([
    ["auth0-stripe-actions rol", "auth0-stripe-actions rollback "],
    ["npx auth0-stripe-actions rol", "npx auth0-stripe-actions rollback "],
    ["auth0-stripe-actions stripe", "auth0-stripe-actions stripe:catalogue "],
    ["auth0-stripe-actions deploy --y", "auth0-stripe-actions deploy --yes "],
    ["auth0-stripe-actions build --env st", "auth0-stripe-actions build --env staging "],
    [
      "npx auth0-stripe-actions stripe:catalogue --env p",
      "npx auth0-stripe-actions stripe:catalogue --env production ",
    ],
    ["auth0-stripe-actions completion f", "auth0-stripe-actions completion fish "],
    ["auth0-stripe-actions gateways --out environ", "auth0-stripe-actions gateways --out environments/"],
  ])("%s", (line, completed) => {
    expect(pressTab(line)).toBe(completed);
  });
});
