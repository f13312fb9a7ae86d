import { renderColumns } from "../terminal/table.ts";
import type { MeteringStatus } from "./read-status.ts";
import type { Writer } from "./read-writer.ts";

export function renderStatus({ directory, writer, unsent, deadLetters, setAside }: MeteringStatus): string {
  const waiting = Object.entries(unsent);
  const dead = Object.entries(deadLetters);
  return renderColumns([
    ["directory", directory],
    ["writer", describeWriter(writer)],
    [
      "not sent yet",
      waiting.length === 0
        ? "nothing"
        : waiting.map(([meter, { units, customers }]) => `${meter}: ${units} of ${customers} customers`).join("\n"),
    ],
    [
      "not billed",
      dead.length === 0
        ? "nothing"
        : [
            ...dead.map(([reason, count]) => `${reason}: ${count} events`),
            "see: npm run metering -- dead-letters",
          ].join("\n"),
    ],
    ...(setAside.length === 0 ? [] : [["cannot be read", setAside.join("\n")]]),
  ]);
}

function describeWriter(writer: Writer): string {
  if (writer.state === "none") return "none: what waits is sent when the authorizer is started with this directory";
  const who = `process ${writer.pid} on ${writer.host}`;
  if (writer.state === "running") return who;
  return writer.state === "gone"
    ? `none: ${who} has ended without giving it back`
    : `${who}, not heard of for ten seconds`;
}
