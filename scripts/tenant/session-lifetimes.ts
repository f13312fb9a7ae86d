import type { CodedProblem } from "./problem.ts";

type Fields = Readonly<Record<string, unknown>>;

/** In hours under these names, in minutes with `_in_minutes` behind them: the API takes both, and answers in hours. */
const NAMES = [
  "session_lifetime",
  "idle_session_lifetime",
  "ephemeral_session_lifetime",
  "idle_ephemeral_session_lifetime",
];

const inMinutes = (name: string): string => `${name}_in_minutes`;

/** The name of the same lifetime in the other unit; undefined for what is not a lifetime. */
export function findOtherUnit(name: string): string | undefined {
  if (NAMES.includes(name)) return inMinutes(name);
  return NAMES.find((hours) => inMinutes(hours) === name);
}

/** As the Deploy CLI sends them: hours become whole minutes, and win over minutes that stand beside them. */
export function toMinutes(settings: Fields): Fields {
  return rename(settings, NAMES, (name, hours) => [inMinutes(name), Math.round(hours * 60)]);
}

/** The Deploy CLI would round less than half a minute down to nothing, and the API refuses that in the middle of an import. */
export function findLifetimeProblems(settings: Fields): readonly CodedProblem[] {
  return [...NAMES, ...NAMES.map(inMinutes)].flatMap((name) => {
    const value = toMinutes({ [name]: settings[name] })[name.endsWith("_in_minutes") ? name : inMinutes(name)];
    return typeof value !== "number" || value >= 1
      ? []
      : [{ code: "TENANT_MALFORMED", path: ["tenant", name], message: "must be a minute at least" }];
  });
}

/** In hours where the other settings have them in hours, else in minutes. */
export function inUnitsOf(others: Fields, settings: Fields): Fields {
  return toHours(
    toMinutes(settings),
    NAMES.filter((name) => Object.hasOwn(others, name)),
  );
}

/** As the API answers them. */
export function toHours(settings: Fields, names: readonly string[] = NAMES): Fields {
  const minutes = new Map(names.map((name) => [inMinutes(name), name]));
  return rename(settings, [...minutes.keys()], (name, value) => [minutes.get(name) ?? name, value / 60]);
}

/** Only numbers: a keyword may wait there, or null, which takes the setting back. */
function rename(
  settings: Fields,
  from: readonly string[],
  convert: (name: string, value: number) => readonly [string, number],
): Fields {
  const converted = from.flatMap((name) => {
    const value = settings[name];
    return typeof value === "number" ? [{ name, entry: convert(name, value) }] : [];
  });
  const replaced = new Set(converted.flatMap(({ name, entry }) => [name, entry[0]]));
  return Object.fromEntries([
    ...Object.entries(settings).filter(([name]) => !replaced.has(name)),
    ...converted.map(({ entry }) => entry),
  ]);
}
