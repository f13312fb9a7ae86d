import { createHash } from "node:crypto";
import type { BuiltAction } from "../build/build-project.ts";
import type { LiveAction } from "../deploy/kinds/action/live.ts";
import { readUnmarked } from "../deploy/kinds/action/marker.ts";
import type { LiveTenant } from "../deploy/kinds/live-tenant.ts";

/** What is live of one Action, and how it compares with this checkout. */
export interface ActionStatus {
  readonly name: string;
  /** `post-login 2`: place in the flow; undefined when it is not bound, `unknown` when its flow could not be read. */
  readonly place?: string;
  /** Missing when it was never deployed, or does not exist. */
  readonly version?: number;
  readonly since?: string;
  /** Of the deployed code without its marker. */
  readonly bytes?: number;
  /** SHA-256 of the same, the first 12 hexadecimal digits. */
  readonly digest?: string;
  /** What the tenant runs beside what this checkout builds; `not live`: it was never deployed, so that nothing of it runs. */
  readonly checkout: "same" | "differs" | "not live" | "not in this checkout" | "not in the tenant";
  readonly secrets: readonly { readonly name: string; readonly updatedAt: string }[];
}

/** Pure. In the order in which they run, what is not bound last. */
export function describeStatus(
  live: Pick<LiveTenant, "action" | "flow">,
  built: readonly Pick<BuiltAction, "name" | "code" | "form">[],
  unreadFlows: readonly string[] = [],
): readonly ActionStatus[] {
  const places = new Map(
    live.flow.flatMap(({ name, bindings }) =>
      bindings.map(({ actionName }, index) => [actionName, `${name} ${index + 1}`] as const),
    ),
  );
  const names = [
    ...new Set([...places.keys(), ...live.action.map(({ name }) => name), ...built.map(({ name }) => name)]),
  ];
  return names.map((name) => {
    const action = live.action.find((candidate) => candidate.name === name);
    const mayBeBound = action?.triggers.some(({ id }) => unreadFlows.includes(id)) === true;
    const place = places.get(name) ?? (mayBeBound ? "unknown" : undefined);
    return {
      name,
      ...(place !== undefined && { place }),
      ...describeAction(
        action,
        built.find((candidate) => candidate.name === name),
      ),
    };
  });
}

function describeAction(
  action: LiveAction | undefined,
  built: Pick<BuiltAction, "code" | "form"> | undefined,
): Omit<ActionStatus, "name" | "place"> {
  if (action === undefined) return { checkout: "not in the tenant", secrets: [] };
  if (action.live === undefined) {
    return { checkout: built === undefined ? "not in this checkout" : "not live", secrets: action.draft.secrets };
  }
  const { code, number, since, secrets } = action.live;
  const liveCode = built?.form === "as it is" ? code : readUnmarked(code);
  return {
    version: number,
    since,
    bytes: Buffer.byteLength(liveCode),
    digest: digestCode(liveCode),
    checkout: built === undefined ? "not in this checkout" : liveCode === built.code ? "same" : "differs",
    secrets,
  };
}

function digestCode(code: string): string {
  return createHash("sha256").update(code).digest("hex").slice(0, 12);
}
