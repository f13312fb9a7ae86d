import { afterEach, describe, expect, test } from "@jest/globals";
import { Management } from "auth0";
import type { Build } from "../../../scripts/build/build-project.ts";
import { addAction, type ProjectDraft, removeProject, writeProject } from "./fixture-project.ts";
import { createQuickBuild } from "./quick-build.ts";

const buildProject = createQuickBuild();
const directories: string[] = [];
afterEach(() => Promise.all(directories.splice(0).map(removeProject)));

async function build(edit: (draft: ProjectDraft) => void): Promise<Build> {
  const directory = await writeProject(edit);
  directories.push(directory);
  return buildProject(directory, {});
}

/** Current version and handler of each, from Auth0's docs and its own package; null: neither says what is called. */
const TRIGGERS: Readonly<Record<string, readonly [version: string, handler: string | null]>> = {
  "post-login": ["v3", "onExecutePostLogin"],
  "credentials-exchange": ["v2", "onExecuteCredentialsExchange"],
  "pre-user-registration": ["v2", "onExecutePreUserRegistration"],
  "post-user-registration": ["v2", "onExecutePostUserRegistration"],
  "post-change-password": ["v2", "onExecutePostChangePassword"],
  "send-phone-message": ["v2", "onExecuteSendPhoneMessage"],
  "password-reset-post-challenge": ["v1", "onExecutePostChallenge"],
  "custom-phone-provider": ["v1", "onExecuteCustomPhoneProvider"],
  "custom-email-provider": ["v1", "onExecuteCustomEmailProvider"],
  "custom-token-exchange": ["v1", "onExecuteCustomTokenExchange"],
  "event-stream": ["v1", "onExecuteEventStream"],
  "login-post-identifier": ["v1", "onExecutePostIdentifier"],
  "signup-post-identifier": ["v1", null],
  "password-hash-migration": ["v1", null],
  "post-credential-validation": ["v1", null],
};
const ENTITY_BOUND = ["custom-token-exchange", "event-stream", "password-hash-migration"];

const add = (draft: ProjectDraft, id: string, version: string, handler: string): void =>
  addAction(draft, "other", { supported_triggers: [{ id, version }] }, `export const ${handler} = async () => {};`);

test("every trigger of Auth0's SDK is one of these", () => {
  expect(Object.keys(TRIGGERS).sort()).toEqual(Object.values(Management.ActionTriggerTypeEnum).sort());
});

describe.each(Object.entries(TRIGGERS))("an Action of %s", (id, [version, handler]) => {
  test("is built with its handler", async () => {
    const { findings } = await build((draft) => add(draft, id, version, handler ?? "onExecuteAnything"));
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      handler === null ? ["warning HANDLER_UNKNOWN"] : [],
    );
  });

  if (handler !== null) {
    test("is refused without it", async () => {
      const { findings } = await build((draft) => add(draft, id, version, "onExecuteSomethingElse"));
      expect(findings).toMatchObject([
        { severity: "error", code: "HANDLER_MISSING", message: expect.stringContaining(`"${handler}"`) },
      ]);
    });
  }

  test("is bound where the trigger has a flow, and nowhere else", async () => {
    const { findings } = await build((draft) => {
      add(draft, id, version, handler ?? "onExecuteAnything");
      draft.tenant.triggers[id] = [{ action_name: "other" }];
    });
    const refusals = findings.filter(({ severity }) => severity === "error");
    expect(refusals.map(({ code }) => code)).toEqual(ENTITY_BOUND.includes(id) ? ["TRIGGER_WITHOUT_FLOW"] : []);
  });

  test("has a version that Auth0 knows", async () => {
    const { findings } = await build((draft) => add(draft, id, "v9", handler ?? "onExecuteAnything"));
    expect(findings).toMatchObject([
      { severity: "error", code: "TRIGGER_VERSION", message: expect.stringContaining(version) },
    ]);
  });
});

test.each([
  ["custom-email-provider", 1],
  ["custom-phone-provider", 1],
  ["password-reset-post-challenge", 4],
])("%s runs %d at most", async (id, most) => {
  const [version, handler] = TRIGGERS[id]!;
  const bindMany = (count: number) => (draft: ProjectDraft) => {
    const names = Array.from({ length: count }, (_, index) => `act-${index}`);
    for (const name of names) {
      addAction(draft, name, { supported_triggers: [{ id, version }] }, `export const ${handler} = async () => {};`);
    }
    draft.tenant.triggers[id] = names.map((action_name) => ({ action_name }));
  };
  expect((await build(bindMany(most))).findings).toEqual([]);
  expect((await build(bindMany(most + 1))).findings).toMatchObject([
    { severity: "error", code: "TOO_MANY_BOUND_ACTIONS", limit: most === 1 ? "1 Action" : "4 Actions" },
  ]);
});

test("an empty flow of a trigger that has none is nothing to refuse", async () => {
  const { findings } = await build((draft) => {
    draft.tenant.triggers["event-stream"] = [];
  });
  expect(findings).toEqual([]);
});

describe("an Action that is sent as it is", () => {
  const addOld = (draft: ProjectDraft, change: Parameters<typeof addAction>[2]): void => {
    addAction(draft, "old", { code: "./old.js", ...change });
    delete draft.sources["actions/old/action.ts"];
    draft.sources["old.js"] = "exports.onExecutePostLogin = async () => {};\n";
  };

  test.each(["node12", "node16", "node18"])("keeps the runtime %s, and that is warned of", async (runtime) => {
    const { findings, ok } = await build((draft) => addOld(draft, { runtime }));
    expect(findings).toMatchObject([
      { severity: "warning", code: "RUNTIME_OLD", message: expect.stringContaining(`"${runtime}"`) },
    ]);
    expect(ok).toBe(true);
  });

  test.each(["node6", "constructor", "Node22"])("cannot have the runtime %s, which never was", async (runtime) => {
    const { findings } = await build((draft) => addOld(draft, { runtime }));
    expect(findings).toMatchObject([{ severity: "error", code: "RUNTIME_UNKNOWN" }]);
  });

  test("may have a version of its trigger that Auth0 replaces, and that is warned of", async () => {
    const { findings } = await build((draft) => {
      addOld(draft, { supported_triggers: [{ id: "post-login", version: "v2" }] });
    });
    expect(findings).toMatchObject([{ severity: "warning", code: "TRIGGER_VERSION" }]);
  });
});

test.each([undefined, "node22", "node18-actions"])(
  "an Action that is built may have the runtime %s",
  async (runtime) => {
    const { findings } = await build((draft) => {
      draft.tenant.actions[0]!.runtime = runtime;
    });
    expect(findings).toEqual([]);
  },
);

test.each(["event-stream", "password-hash-migration"])("%s runs in node22 alone", async (id) => {
  const { findings } = await build((draft) => {
    add(draft, id, "v1", "onExecuteEventStream");
    draft.tenant.actions[1]!.runtime = "node18-actions";
  });
  expect(findings).toContainEqual(
    expect.objectContaining({
      severity: "error",
      code: "RUNTIME_UNKNOWN",
      message: expect.stringContaining("Write node22"),
    }),
  );
});
