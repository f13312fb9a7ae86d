import type { Paint } from "../terminal/paint.ts";
import { renderTable } from "../terminal/table.ts";
import { renderSecond } from "../terminal/time.ts";
import { wrap } from "../terminal/wrap.ts";
import type { ActionStatus } from "./describe-status.ts";

/** Columns for the names of secrets. */
const NAMES_WIDTH = 60;

/** A row for each Action, and below for each day on which some of its secrets were set. */
export function renderStatus(domain: string, rows: readonly ActionStatus[], paint: Paint): string {
  const paintAll = (titles: readonly string[]) => titles.map((title) => paint("dim", title));
  const actions = renderTable(
    paintAll(["RUNS AT", "ACTION", "VERSION", "SINCE", "SIZE", "DIGEST", "THIS CHECKOUT"]),
    rows.map(({ place, name, version, since, bytes, digest, checkout }) => [
      place ?? paint("dim", "not bound"),
      name,
      String(version ?? "-"),
      since === undefined ? "-" : renderSecond(since),
      bytes === undefined ? "-" : `${(bytes / 1000).toFixed(1)} kB`,
      digest ?? "-",
      paint(checkout === "same" ? "green" : "yellow", checkout),
    ]),
  );
  const secrets = renderTable(paintAll(["ACTION", "SET ON", "SECRETS"]), rows.flatMap(listSecretRows));
  return [domain, actions, secrets].filter((part) => part !== "").join("\n\n");
}

function listSecretRows({ name, secrets }: ActionStatus): readonly (readonly string[])[] {
  const dayOf = ({ updatedAt }: ActionStatus["secrets"][number]) => updatedAt.slice(0, 10);
  const days = [...new Set(secrets.map(dayOf))].sort().reverse();
  return days.map((day, index) => {
    const names = secrets.filter((secret) => dayOf(secret) === day).map((secret) => secret.name);
    return [index === 0 ? name : "", day, wrap(names, NAMES_WIDTH, ", ")];
  });
}
