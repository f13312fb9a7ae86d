import { describe, expect, test } from "@jest/globals";
import { deriveDigestKey, digestSecrets } from "../../../../scripts/deploy/kinds/action/marker.ts";
import type { Desired } from "../../../../scripts/deploy/plan/desired.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { action, deployed, deployedTenant, desire } from "../plan/tenants.ts";

const key = deriveDigestKey({ clientSecret: "the-client's-secret" });
const digest: Desired["digestSecrets"] = (secrets) => digestSecrets(key, secrets);
const NAMES = ["ZETA", "KEY", "MODE", "alpha", "LIMIT", "URL"];
const secretsWith = (changed: Readonly<Record<string, string>> = {}) =>
  NAMES.map((name) => ({ name, value: changed[name] ?? `value of ${name}` }));

describe("of several secrets a plan names", () => {
  const before = action("guard", { secrets: secretsWith() });
  const live = deployed(before);
  const code = live.draft.code.replace(/"secrets":"[^"]*"/, `"secrets":"${digest(secretsWith())}"`);
  const present = { ...live, draft: { ...live.draft, code }, live: { ...live.live!, code } };
  const plan = (secrets: ReturnType<typeof secretsWith>) =>
    planTenant(
      { ...desire({ actions: [{ ...before, secrets }], document: { triggers: {} } }), digestSecrets: digest },
      deployedTenant({ action: [present] }),
    ).changes.flatMap(({ fields }) => fields);

  test("none when none has changed, in whatever order they are", () => {
    expect(plan(secretsWith().reverse())).toEqual([]);
  });

  test.each([[["KEY"]], [["alpha", "URL"]], [["ZETA"]]])("those whose values have changed: %j", (changed) => {
    const fields = plan(secretsWith(Object.fromEntries(changed.map((name) => [name, "another"]))));
    expect(fields.map(({ path }) => path).sort()).toEqual(changed.map((name) => `secrets[${name}]`).sort());
    expect(fields[0]).toMatchObject({
      before: expect.stringMatching(/^set 2026-.*, not our value$/),
      after: "our value",
    });
    expect(JSON.stringify(fields)).not.toContain("another");
  });

  test("all of them after a deploy with another key: nobody can say which", () => {
    const other = deriveDigestKey({ clientSecret: "another client's secret" });
    const desired = { ...desire({ actions: [before], document: { triggers: {} } }) };
    const { changes } = planTenant(
      { ...desired, digestSecrets: (secrets) => digestSecrets(other, secrets) },
      deployedTenant({ action: [present] }),
    );
    expect(changes[0]?.fields).toHaveLength(NAMES.length);
  });
});
