import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { CommandError } from "../../scripts/command.ts";
import { deployProject, planProject } from "../../scripts/deploy/deploy-project.ts";
import type { Prepared } from "../../scripts/deploy/prepare.ts";
import { writeSide } from "../support/change-every-kind.ts";
import { type EveryKind, type EveryKindProject, startEveryKindProject } from "../support/every-kind-project.ts";
import { listMissing } from "../support/list-missing.ts";
import { runPlainDeployCli } from "../support/run-plain-deploy-cli.ts";
import { FAULTS, type Fault, isWrite, type Seen } from "./fault-proxy.ts";
import { recordRows } from "./record-rows.ts";

/**
 * A deploy of every kind takes seconds, so every second fault meets one of its writes; these are spread over them. All seven meet each
 * single request of a smaller deploy in the other suites.
 */
const CASES: readonly (readonly [Fault, number])[] = FAULTS.filter((_, index) => index % 2 === 0).map(
  (fault, index, chosen) => [fault, (index + 0.5) / chosen.length],
);

/** What Auth0 does not return. */
const NOT_EXPORTED = [".flowVaultConnections[0].setup"];

describe("a deploy of every kind", () => {
  let on: EveryKindProject;
  let sides: readonly [Prepared, Prepared];
  /** How many writes a deploy from the one side to the other has. */
  let writes: number;
  let current: 0 | 1 = 0;
  beforeAll(async () => {
    on = await startEveryKindProject();
    const prepare = (side: "from" | "to") => {
      writeSide(on, side);
      return on.prepare({ retryPolicy: { pause: 10, timeout: 3_000 } });
    };
    sides = [await prepare("from"), await prepare("to")];
    await deploy(sides[0]);
    on.proxy.arm("400", () => false);
    await deploy(sides[1]);
    writes = on.proxy.seen.filter(isWrite).length;
    current = 1;
  });
  afterAll(() => on.close());

  const deploy = (prepared: Prepared) => deployProject({ prepared, confirm: async () => true, onProgress: () => {} });
  const isLive = async (prepared: Prepared) => (await planProject(prepared)).plan.changes.length === 0;

  /** Deploys to the other side and meets the fault at what `isHit` says. Resolves to how it ended, by its own account. */
  async function meet(fault: Fault, isHit: (request: Seen, count: number) => boolean) {
    const to = current === 0 ? 1 : 0;
    let count = 0;
    let hit: Seen | undefined;
    on.proxy.arm(fault, (request) => {
      if (!isWrite(request)) return false;
      count += 1;
      if (!isHit(request, count)) return false;
      hit ??= request;
      return true;
    });
    const ended = await deploy(sides[to]).then(
      () => "new" as const,
      (error: unknown) => error as CommandError,
    );
    on.proxy.disarm();
    const request = `${hit?.method} ${hit?.path.replace("/api/v2/", "").replace(/[\w-]*\d[\w-]*/g, ":id")}`;
    const outcome = ended === "new" ? "new" : "old";
    if (ended !== "new") checkRolledBack(ended);
    if (outcome === "new") current = to;
    expect({ fault, request, isLive: await isLive(sides[current]) }).toEqual({ fault, request, isLive: true });
    recordRows([{ table: "Every kind", request, fault, outcome }]);
    return outcome;
  }

  /** Nobody can say what a secret was before, so each that was written is named; nothing else may be. */
  function checkRolledBack(error: CommandError): void {
    expect(error).toBeInstanceOf(CommandError);
    expect(["DEPLOY_ROLLED_BACK", "DEPLOY_ROLLBACK_INCOMPLETE", "PLAN_STALE"]).toContain(error.code);
    const [, left = ""] = /not as it was before:\n([\s\S]*?)\nThe reason/.exec(error.message) ?? [];
    expect(left.split("\n").filter((row) => row !== "" && !row.endsWith("(as tenant.yaml has it now)"))).toEqual([]);
  }

  test.each(CASES)(
    'that meets "%s" once, %f of its way through, ends with the old state or the new one',
    async (fault, share) => {
      await meet(fault, (_, count) => count === Math.ceil(share * writes));
    },
  );

  test("whose last write is refused for good takes every kind back", async () => {
    expect(await meet("400", ({ path }) => path === "/api/v2/supplemental-signals")).toBe("old");
  });

  test("succeeds afterwards, and a0deploy export says of every kind what the file does", async () => {
    await deploy(sides[1]);
    const written = writeSide(on, "to");
    const folder = join(on.directory, "exported");
    expect(await runPlainDeployCli("export", folder, on.tenant)).toMatchObject({ code: 0 });
    const exported = parse(readFileSync(join(folder, "tenant.yaml"), "utf8")) as EveryKind;
    const missing = listMissing({ value: written, folder: on.directory }, { value: exported, folder });
    expect(missing).toEqual(NOT_EXPORTED);
  });
});
