import type { Paint } from "../terminal/paint.ts";
import { renderTable } from "../terminal/table.ts";
import type { Deployment } from "./deploy-project.ts";

/** What is live now, an Action a line, in the order in which they run. */
export function renderDeployment({ build, live }: Deployment, paint: Paint): string {
  const places = new Map(
    Object.entries(live.bindings).flatMap(([trigger, bindings]) =>
      bindings.map(({ actionName }, index) => [actionName, `${trigger} ${index + 1}`] as const),
    ),
  );
  const rows = build.actions.map(({ name, bytes }) => {
    const action = live.actions.find((candidate) => candidate.name === name);
    return [
      name,
      places.get(name) ?? "not bound",
      String(action?.live?.number ?? "-"),
      `${(bytes / 1000).toFixed(1)} kB`,
      action?.live?.secrets.map((secret) => secret.name).join(", ") || "-",
    ];
  });
  const header = ["ACTION", "RUNS AT", "VERSION", "SIZE", "SECRETS"].map((title) => paint("dim", title));
  return renderTable(header, rows);
}
