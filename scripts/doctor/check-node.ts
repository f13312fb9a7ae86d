import type { Diagnosis } from "./diagnosis.ts";

/** @param needed `>=20.19.0`, as package.json has it under "engines" */
export function checkNode(version: string, needed: string): Diagnosis {
  const least = needed.replace(/^>=/, "");
  return isAtLeast(version, least)
    ? { check: "Node", status: "right", message: version }
    : { check: "Node", status: "wrong", message: `${version} is too old: install ${least} or later.` };
}

function isAtLeast(version: string, least: string): boolean {
  const [own, other] = [version, least].map((text) => text.split(".").map(Number));
  const differing = [0, 1, 2].find((place) => own?.[place] !== other?.[place]);
  return differing === undefined || (own?.[differing] ?? 0) > (other?.[differing] ?? 0);
}
