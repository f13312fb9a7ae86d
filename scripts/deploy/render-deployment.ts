import type { Build } from "../build/build-project.ts";
import type { Paint } from "../terminal/paint.ts";
import { renderSize } from "../terminal/size.ts";
import { renderTable } from "../terminal/table.ts";
import { foldLines } from "../terminal/wrap.ts";
import type { Deployment } from "./deploy-project.ts";
import type { Plan } from "./plan/change.ts";

/** What is live now, an Action a line, in the order in which they run. */
export function renderDeployment({ live, outcome, plan }: Deployment, build: Build, paint: Paint): string {
  if (outcome === "declined") return `Nothing was changed on ${live.domain}.`;
  const places = new Map(
    live.flow.flatMap(({ name, bindings }) =>
      bindings.map(({ actionName }, index) => [actionName, `${name} ${index + 1}`] as const),
    ),
  );
  const rows = build.actions.map(({ name, bytes }) => {
    const action = live.action.find((candidate) => candidate.name === name);
    return [
      name,
      places.get(name) ?? "not bound",
      String(action?.live?.number ?? "-"),
      renderSize(bytes),
      action?.live?.secrets.map((secret) => secret.name).join(", ") || "-",
    ];
  });
  const header = ["ACTION", "RUNS AT", "VERSION", "SIZE", "SECRETS"].map((title) => paint("dim", title));
  const conclusion =
    outcome === "nothing to do"
      ? `${live.domain} is as tenant.yaml says${renderExcept(plan)}: nothing to do, nothing written.`
      : `${live.domain} runs this build.`;
  return `\n${renderTable(header, rows)}\n\n${foldLines(conclusion)}`;
}

/** What nobody looked at is not called right. */
function renderExcept({ uncompared }: Plan): string {
  return uncompared.length === 0 ? "" : `, but for secrets that nobody can compare (${uncompared.join("; ")})`;
}
