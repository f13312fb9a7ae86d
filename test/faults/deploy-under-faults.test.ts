import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { CommandError } from "../../scripts/command.ts";
import type { Desired } from "../../scripts/deploy/plan/desired.ts";
import type { Prepared } from "../../scripts/deploy/prepare.ts";
import { FAULTS, type Fault, type Seen } from "./fault-proxy.ts";
import { describeLive, type FaultyTenant, startFaultyTenant } from "./faulty-tenant.ts";

/** A project after a day's work: something of every kind is another. */
function change(desired: Desired): Desired {
  const [first, second, ...rest] = desired.actions;
  if (first === undefined || second === undefined) throw new Error("two Actions are needed");
  const { document } = desired;
  const flow = document.triggers?.["post-login"] ?? [];
  return {
    ...desired,
    actions: [
      { ...first, code: first.code.replace(/\n$/, "\n// changed\n") },
      { ...second, secrets: second.secrets.map(({ name }) => ({ name, value: `other-${name}` })) },
      ...rest,
    ],
    document: {
      ...document,
      tenant: { ...document.tenant, friendly_name: "Changed" },
      resourceServers: document.resourceServers?.map((api) => ({ ...api, token_lifetime: 3600 })) ?? [],
      clients:
        document.clients?.map((client) =>
          client.callbacks === undefined ? client : { ...client, callbacks: ["https://changed.example/"] },
        ) ?? [],
      clientGrants: document.clientGrants?.map((grant) => ({ ...grant, scope: ["get:users"] })) ?? [],
      roles:
        document.roles?.map((role) =>
          role.name === "viewer"
            ? { ...role, description: "Changed", permissions: role.permissions?.slice(1) ?? [] }
            : role,
        ) ?? [],
      triggers: { ...document.triggers, "post-login": [...flow].reverse() },
    },
  };
}

interface Run {
  readonly index: number;
  readonly request: Seen;
  readonly fault: Fault;
  readonly outcome: "new" | "old";
}

const isWrite = ({ method, path }: Seen) => method !== "GET" && path !== "/oauth/token";
const isAfter = (fault: Fault) => fault.endsWith("after");

describe.each(FAULTS)("a deploy with one request that meets: %s", (fault) => {
  let faulty: FaultyTenant;
  let prepared: Prepared;
  let changed: Prepared;
  const states = { old: "", new: "" };

  beforeAll(async () => {
    faulty = await startFaultyTenant();
    prepared = await faulty.prepare();
    changed = { ...prepared, desired: change(prepared.desired) };
    await faulty.deploy(prepared);
    states.old = describeLive(await faulty.read(prepared));
    await faulty.deploy(changed);
    states.new = describeLive(await faulty.read(changed));
    await faulty.deploy(prepared);
    expect(describeLive(await faulty.read(prepared))).toBe(states.old);
    expect(states.new).not.toBe(states.old);
  });
  afterAll(() => faulty.close());

  test("ends with the old state or the new one, says which, and the next deploy succeeds", async () => {
    const runs: Run[] = [];
    for (let index = 0; ; index += 1) {
      const run = await deployOnce(index);
      if (run === undefined) break;
      runs.push(run);
    }
    expect(runs.length).toBeGreaterThan(isAfter(fault) ? 10 : 40);
    console.log(render(runs));
  });

  /** Undefined when the deploy has fewer such requests than `index`. */
  async function deployOnce(index: number): Promise<Run | undefined> {
    let request: Seen | undefined;
    let counted = -1;
    faulty.proxy.arm(fault, (seen) => {
      if (isAfter(fault) && !isWrite(seen)) return false;
      counted += 1;
      if (counted !== index) return false;
      request = seen;
      return true;
    });
    const reported = await faulty.deploy(changed).then(
      () => "new" as const,
      (error: unknown) => {
        if (error instanceof CommandError && ["DEPLOY_WENT_BACK", "PLAN_STALE"].includes(error.code))
          return "old" as const;
        // A tenant that cannot even be read is left as it was.
        if (request !== undefined && !faulty.proxy.seen.some(isWrite)) return "old" as const;
        throw error;
      },
    );
    faulty.proxy.arm(undefined, () => false);
    const live = await faulty.read(changed);
    expect({ index, request, live: describeLive(live) }).toEqual({ index, request, live: states[reported] });
    expect(new Set(live.clients.map(({ name }) => name)).size).toBe(live.clients.length);

    await faulty.deploy(changed);
    expect(describeLive(await faulty.read(changed))).toBe(states.new);
    await faulty.deploy(prepared);
    return request === undefined ? undefined : { index, request, fault, outcome: reported };
  }

  function render(runs: readonly Run[]): string {
    const count = (outcome: Run["outcome"]) => runs.filter((run) => run.outcome === outcome).length;
    return `${fault}: ${runs.length} requests, ${count("new")} ended new, ${count("old")} ended old`;
  }
});
