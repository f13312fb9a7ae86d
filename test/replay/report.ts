import { isNotHere, type Replayed } from "./replay-recording.ts";

/** Examples of one difference. */
const SHOWN = 4;

/** What to print of replayed calls of the Management API: differing statuses, missing members, and the share that is the same. */
export function report(replayed: readonly Replayed[]): readonly string[] {
  const here = replayed.filter(({ own, recorded }) => recorded.url.pathname.startsWith("/api/v2/") && !isNotHere(own));
  const differing = here.filter(({ own, recorded }) => own.status !== recorded.status);
  const missing = here.flatMap((one) => [...new Set(one.missing)].map((path) => `${nameEndpoint(one)} ${path}`));
  const same = here.length - differing.length;
  return [
    ...count(differing.map(describe)).flatMap(([difference, times]) => [
      `${times} × ${difference}`,
      ...differing
        .filter((one) => describe(one) === difference)
        .slice(0, SHOWN)
        .flatMap(quote),
    ]),
    ...count(missing).map(([member, times]) => `${times} × missing: ${member}`),
    `${replayed.length} calls, ${here.length} to endpoints that are here: ${same} with the recorded status (${((100 * same) / here.length).toFixed(2)} %)`,
  ];
}

const describe = (one: Replayed) => `${nameEndpoint(one)}: ${one.recorded.status} recorded, ${one.own.status} here`;

/** Without ids. */
const nameEndpoint = ({ recorded: { method, url } }: Replayed) =>
  `${method} ${url.pathname.slice("/api/v2".length).replace(/\/(?=[^/]*(\d|%7C|_))[^/]+/g, "/{id}")}`;

const quote = ({ recording, index, recorded, own }: Replayed) => [
  `    ${recording} ${index}: ${JSON.stringify(recorded.answer).slice(0, 150)}`,
  `        ${JSON.stringify(own.body).slice(0, 150)}`,
];

/** Most frequent first. */
function count(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
