import type { Paint, Style } from "../terminal/paint.ts";
import { renderTable } from "../terminal/table.ts";
import { wrap } from "../terminal/wrap.ts";
import type { ActionRun, Observation } from "./logins/observation.ts";
import { isRight, type LoginRow } from "./row.ts";

/** What a login did stands beside what each Action did, and folded it could not be read: more than a terminal has at the least. */
export const LOGINS_WIDTH = 120;
/** With the widest names of our Actions, the table then has as many columns. */
const WIDTHS = { login: 25, token: 24 };
const USER_SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);

const STYLES: Readonly<Partial<Record<ActionRun["effect"], Style>>> = {
  changed: "cyan",
  denied: "yellow",
  redirected: "cyan",
  failed: "red",
};

/** A block of lines a login: who it was and how it ended, each Action, the Stripe customer, what the token says. */
export function renderLogins(rows: readonly LoginRow[], paint: Paint): string {
  const header = [
    "",
    ...["login", "actions", "Stripe", "access token"].map((title) => paint("dim", title.toUpperCase())),
  ];
  const blocks = rows.map((row) => [
    isRight(row) ? paint("green", "✓") : paint("red", "✗"),
    renderStory(row, paint),
    ...(row.seen === undefined
      ? ["-", "-", "-"]
      : [renderRuns(row.seen, paint), renderStripe(row.seen, paint), renderClaims(row.seen, paint)]),
  ]);
  const gap = header.map(() => "");
  return renderTable(
    header,
    blocks.flatMap((block, index) => (index === 0 ? [block] : [gap, block])),
    LOGINS_WIDTH,
  );
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

function renderStripe({ account, customers, payer, stripeRequests }: Observation, paint: Paint): string {
  const count = stripeRequests.length;
  const requests = paint("dim", count === 0 ? "no request" : `${count} ${count === 1 ? "request" : "requests"}`);
  if (payer !== undefined) return [payer.id, "the organization's", requests].join("\n");
  if (account === undefined) return "-";
  const isLinked = customers.some(({ id, ownerId }) => id === account.customerId && ownerId === account.userId);
  return [
    ...(customers.length === 0 ? ["no customer"] : customers.map(({ id }) => id)),
    ...(customers.length === 0 ? [] : [isLinked ? "linked both ways" : "not linked"]),
    requests,
  ].join("\n");
}

function renderClaims({ claims }: Observation, paint: Paint): string {
  if (claims === undefined) return "-";
  const { customerId, email, grantType, isEmailVerified, scopes } = claims;
  const ofApi = scopes.filter((scope) => !USER_SCOPES.has(scope));
  return [
    ofApi.length === 0 ? paint("dim", "no scope of the API") : wrap(ofApi, WIDTHS.token),
    ...(email === undefined ? [] : [email, isEmailVerified === true ? "verified" : "not verified"]),
    ...(customerId === undefined ? [] : [customerId]),
    ...(grantType === undefined ? [] : [grantType]),
  ].join("\n");
}

function paintLines(text: string, style: Style, paint: Paint): string {
  return text
    .split("\n")
    .map((line) => paint(style, line))
    .join("\n");
}
