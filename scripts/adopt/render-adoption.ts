import { type Paint, plain } from "../terminal/paint.ts";
import { TERMINAL_WIDTH, wrap } from "../terminal/wrap.ts";
import type { Adoption, Note } from "./report.ts";

interface Rendering {
  readonly paint?: Paint;
  /** `--env`, to be named with the next command. */
  readonly environmentName?: string | undefined;
}

/** The report as a person reads it. What needs no attention is counted, everything else has a line. */
export function renderAdoption(adoption: Adoption, { paint = plain, environmentName }: Rendering = {}): string {
  const { source, files, present, unread } = adoption;
  const blocks = [
    [paint("bold", wrapItems(`${source}: ${renderTitle(adoption)}`))],
    listUnder("Written:", files),
    ...renderOverlay(adoption),
    present.length === 0 ? [] : [wrapItems(`${renderPresent(adoption)}: ${renderCounts(present)}`)],
    listUnder(paint("yellow", "Left out:"), adoption.leftOut.map(renderNote)),
    listUnder(paint("yellow", "Not adopted of what was:"), adoption.omitted.map(renderNote)),
    listUnder(paint("red", "To be mended before a plan can be made:"), adoption.refused),
    listUnder(
      paint(
        "red",
        wrapWords("Look before you commit: a secret seems to stand in these lines, which were adopted as they are."),
      ),
      adoption.suspects,
    ),
    listUnder(
      wrapWords(
        `Secrets, which only Auth0 has and keeps as they are. To write one from here, give its variable a value and take ${adoption.overlay === undefined ? "the comment off its line in tenant.yaml" : "the comment off its line, or its leave_out away"}:`,
      ),
      adoption.secrets.map(({ entry, path, variable }) => `${variable}  ${entry} ${path}`),
    ),
    listUnder(
      paint("yellow", "Not read:"),
      unread.map(
        ({ section, reason, scopes }) => `${section}: ${scopes ? `grant ${scopes.join(" or ")} (${reason})` : reason}`,
      ),
    ),
    [
      wrapWords(
        "Never read: rules, hooks, guardianFactorProviders, users. docs/adopt.md says why, and what to do about what is listed here.",
      ),
    ],
    renderNext(adoption, environmentName),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function renderTitle({ adopted, overlay }: Adoption): string {
  if (overlay === undefined) return adopted.length === 0 ? "nothing was adopted" : renderCounts(adopted);
  const isSame = adopted.length + overlay.changed.length + overlay.leftOut.length === 0;
  return isSame ? "as tenant.yaml says" : "what it has differently from tenant.yaml";
}

const renderPresent = ({ overlay }: Adoption): string =>
  overlay === undefined ? "Already in tenant.yaml, left as they are" : "As tenant.yaml says";

function renderOverlay({ adopted, overlay }: Adoption): readonly (readonly string[])[] {
  if (overlay === undefined) return [];
  return [
    listUnder("Different here:", overlay.changed),
    listUnder("Only here:", adopted),
    listUnder("In tenant.yaml and not managed here (leave_out):", overlay.leftOut),
  ];
}

/** `tenant settings, 30 clients, 1 action`, by the kinds' own names. */
function renderCounts(labels: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const label of labels) {
    const [type = ""] = label.split(" ");
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts]
    .map(([type, count]) => {
      if (count === 1 && labels.includes(`${type} settings`)) return `${type} settings`;
      return `${count} ${count === 1 ? type : renderPlural(type)}`;
    })
    .join(", ");
}

const renderPlural = (type: string): string => (type.endsWith("y") ? `${type.slice(0, -1)}ies` : `${type}s`);

function listUnder(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map(renderItem)];
}

/** A longer one goes on further in. */
const renderItem = (line: string): string =>
  wrap(line.split(" "), TERMINAL_WIDTH - 6)
    .split("\n")
    .map((part, index) => `${index === 0 ? "    " : "      "}${part}`)
    .join("\n");

const renderNote = ({ entry, path, reason }: Note): string =>
  `${entry}${path === undefined ? "" : ` ${path}`}: ${reason}`;

function renderNext(adoption: Adoption, environmentName: string | undefined): readonly string[] {
  const { adopted, overlay, isPlanned } = adoption;
  if (adopted.length === 0 && overlay === undefined) return [];
  const plan = `npm run plan${environmentName === undefined ? "" : ` -- --env ${environmentName}`}`;
  return [
    wrapWords(
      isPlanned
        ? `What was written was read back and compared with the tenant: ${plan} has nothing to do for it, as long as nobody changes it.`
        : `An export cannot be compared with its tenant: ${plan} says what differs.`,
    ),
  ];
}

/** A number stays with what it counts. */
const wrapItems = (text: string): string => wrap(text.split(", "), TERMINAL_WIDTH, ", ");
const wrapWords = (text: string): string => wrap(text.split(" "), TERMINAL_WIDTH);

/** The documented form of `--json` (docs/adopt.md). A change to its shape is a new version. */
export function renderAdoptionJson(adoption: Adoption): string {
  return JSON.stringify({ version: 1, ...adoption }, undefined, 2);
}
