import { renderTable } from "../terminal/table.ts";
import { renderSecond } from "../terminal/time.ts";
import type { ResendOutcome } from "./apply-resend.ts";
import type { ResendStep } from "./plan-resend.ts";

const describe = ({ event }: ResendStep): readonly string[] => [
  event.customer,
  event.meter,
  String(event.value),
  renderSecond(new Date(event.timestamp * 1000).toISOString()),
];

export function renderPlan(steps: readonly ResendStep[]): string {
  if (steps.length === 0) return "Nothing is to be sent again.";
  return renderTable(
    ["", "customer", "meter", "units", "of", "why"],
    steps.map((step) => [step.action === "send" ? "send" : "leave", ...describe(step), step.why]),
  );
}

export function renderOutcomes(outcomes: readonly ResendOutcome[]): string {
  const count = (result: ResendOutcome["result"]): number => outcomes.filter((one) => one.result === result).length;
  const open = outcomes.filter(({ result }) => result === "open");
  return [
    ...open.map(({ step, why }) => `not taken: ${describe(step).join(" ")}: ${why}`),
    `${count("billed")} billed, ${count("open")} not taken, ${count("refused")} left alone.`,
  ].join("\n");
}
