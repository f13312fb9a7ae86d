import type { Paint } from "../terminal/paint.ts";
import { renderSize } from "../terminal/size.ts";
import { renderTable } from "../terminal/table.ts";
import { renderSecond } from "../terminal/time.ts";
import type { ActionStatus } from "./describe-status.ts";

/** What a column has room for. */
const CHECKOUT: Readonly<Partial<Record<ActionStatus["checkout"], string>>> = {
  "not in this checkout": "not here",
  "not in the tenant": "only here",
};

/** A row for each Action; and below what is live of it, with a row for each day on which some of its secrets were set. */
export function renderStatus(domain: string, rows: readonly ActionStatus[], paint: Paint): string {
  const paintAll = (titles: readonly string[]) => titles.map((title) => paint("dim", title));
  const actions = renderTable(
    paintAll(["RUNS AT", "ACTION", "VERSION", "SINCE", "CHECKOUT"]),
    rows.map(({ place, name, version, since, checkout }) => [
      place ?? paint("dim", "not bound"),
      name,
      String(version ?? "-"),
      since === undefined ? "-" : renderSecond(since),
      paint(checkout === "same" ? "green" : "yellow", CHECKOUT[checkout] ?? checkout),
    ]),
  );
  const contents = renderTable(paintAll(["ACTION", "CODE", "SET ON", "SECRETS"]), rows.flatMap(listContentRows));
  return [domain, actions, contents].filter((part) => part !== "").join("\n\n");
}

function listContentRows({ name, bytes, digest, secrets }: ActionStatus): readonly (readonly string[])[] {
  const code = bytes === undefined ? "" : `${renderSize(bytes)}\n${digest ?? ""}`;
  const dayOf = ({ updatedAt }: ActionStatus["secrets"][number]) => updatedAt.slice(0, 10);
  const days = [...new Set(secrets.map(dayOf))].sort().reverse();
  if (days.length === 0 && code !== "") return [[name, code, "-", "-"]];
  return days.map((day, index) => {
    const names = secrets.filter((secret) => dayOf(secret) === day).map((secret) => secret.name);
    return [...(index === 0 ? [name, code] : ["", ""]), day, names.join(", ")];
  });
}
