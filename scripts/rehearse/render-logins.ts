import type { Paint, Style } from "../terminal/paint.ts";
import { renderTable } from "../terminal/table.ts";
import { wrap } from "../terminal/wrap.ts";
import type { ActionRun, Observation } from "./logins/observation.ts";
import { isRight, type LoginRow } from "./row.ts";

/** Columns of 80 that the mark leaves, with a comma's at the end of a line. */
const WIDTHS = { login: 25, seen: 49 };
const USER_SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);

const STYLES: Readonly<Partial<Record<ActionRun["effect"], Style>>> = {
  changed: "cyan",
  denied: "yellow",
  redirected: "cyan",
  failed: "red",
};

/** A block of lines a login: who it was and how it ended; each Action, below them the Stripe customer and what the token says. */
export function renderLogins(rows: readonly LoginRow[], paint: Paint): string {
  const header = ["", ...["login", "actions, Stripe, access token"].map((title) => paint("dim", title.toUpperCase()))];
  const blocks = rows.map((row) => [
    isRight(row) ? paint("green", "✓") : paint("red", "✗"),
    renderStory(row, paint),
    row.seen === undefined ? "-" : renderSeen(row.seen, paint),
  ]);
  const gap = header.map(() => "");
  return renderTable(
    header,
    blocks.flatMap((block, index) => (index === 0 ? [block] : [gap, block])),
  );
}

function renderSeen(seen: Observation, paint: Paint): string {
  const facts = [listStripe(seen, paint), listClaims(seen, paint)].filter((items) => items.length > 0);
  return [renderRuns(seen, paint), ...facts.map((items) => wrap(items, WIDTHS.seen, ", "))].join("\n");
}

function renderStory({ name, story, seen }: LoginRow, paint: Paint): string {
  const dim = (text: string) => paintLines(wrap(text.split(" "), WIDTHS.login), "dim", paint);
  const answer = seen?.answer;
  return [
    paint("bold", name),
    dim(story),
    ...(answer === undefined ? [] : [answer.kind === "tokens" ? "→ tokens" : paint("yellow", `→ ${answer.error}`)]),
    ...(answer?.kind === "refused" ? [dim(answer.description)] : []),
  ].join("\n");
}

function renderRuns({ runs }: Observation, paint: Paint): string {
  if (runs.length === 0) return "none runs";
  const nameWidth = Math.max(...runs.map(({ name }) => name.length));
  return runs
    .map(({ name, milliseconds, effect }) => {
      const style = STYLES[effect];
      const time = `${milliseconds.toFixed(1).padStart(7)} ms`;
      return `${name.padEnd(nameWidth)}${paint("dim", time)}  ${style === undefined ? effect : paint(style, effect)}`;
    })
    .join("\n");
}

function listStripe({ account, customers, payer, stripeRequests }: Observation, paint: Paint): readonly string[] {
  const count = stripeRequests.length;
  const requests = paint("dim", count === 0 ? "no request" : `${count} ${count === 1 ? "request" : "requests"}`);
  if (payer !== undefined) return [payer.id, "the organization's", requests];
  if (account === undefined) return [];
  if (customers.length === 0) return ["no customer", requests];
  const isLinked = customers.some(({ id, ownerId }) => id === account.customerId && ownerId === account.userId);
  return [...customers.map(({ id }) => id), isLinked ? "linked both ways" : "not linked", requests];
}

function listClaims({ claims }: Observation, paint: Paint): readonly string[] {
  if (claims === undefined) return [];
  const { customerId, email, grantType, isEmailVerified, scopes } = claims;
  const ofApi = scopes.filter((scope) => !USER_SCOPES.has(scope));
  return [
    ...(ofApi.length === 0 ? [paint("dim", "no scope of the API")] : ofApi),
    ...(email === undefined ? [] : [email, isEmailVerified === true ? "verified" : "not verified"]),
    ...(customerId === undefined ? [] : [customerId]),
    ...(grantType === undefined ? [] : [grantType]),
  ];
}

function paintLines(text: string, style: Style, paint: Paint): string {
  return text
    .split("\n")
    .map((line) => paint(style, line))
    .join("\n");
}
