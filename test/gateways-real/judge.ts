import type { Outcome } from "./gateways/gateway.ts";
import type { Row } from "./rows.ts";

export interface Judgement {
  /** For the table: the status, and what is wrong besides. */
  readonly cell: string;
  readonly problems: readonly string[];
}

const EXPECTED_IDENTITY = { "x-user-sub": "auth0|user-1" };

/** Whether what came out is right: the status, whether the backend was reached, and who it was told asks. */
export function judge(row: Row, outcome: Outcome | undefined): Judgement {
  if (outcome === undefined) return { cell: "–", problems: [] };
  const { status, identity, forwarded, allowedOrigin } = outcome;
  const notes: string[] = [];
  const isAllowed = row.status.some((one) => one < 300);
  const isReached = identity !== undefined;
  if (!isAllowed && isReached) notes.push("reached");
  if (status >= 400 && isReached) notes.push("reached all the same");
  if (status === 200 && !isReached) notes.push("not reached");
  // Who answers a preflight must say whose pages may call; who passes it on leaves that to the backend.
  if (row.allowsOrigin === true && !isReached && allowedOrigin === undefined) notes.push("no origin allowed");
  if (row.allowsOrigin === false && allowedOrigin !== undefined) notes.push(`allows ${allowedOrigin}`);
  if (isReached) {
    const expected: Readonly<Record<string, string>> = row.identity ?? EXPECTED_IDENTITY;
    for (const [name, value] of Object.entries(expected))
      if (identity[name] !== value) notes.push(`${name} is ${JSON.stringify(identity[name])}`);
    const made = Object.entries(forwarded ?? {}).filter(([, value]) => String(value).includes("boss"));
    // What the client made up must not be there under any spelling.
    if (Object.keys(forwarded ?? {}).some((name) => name.includes("override"))) notes.push("override passed on");
    if (made.length > 0) notes.push(`spoofed ${made.map(([name]) => name).join(" ")}`);
  }
  const isExpected = row.status.includes(status);
  const shown = notes.filter((note) => note !== "reached");
  return {
    cell: [String(status), ...shown].join(", "),
    problems: [...(isExpected ? [] : [`expected ${row.status.join(" or ")}, got ${status}`]), ...notes],
  };
}
