import { expect, test } from "@jest/globals";
import { run } from "../../../scripts/adopt.ts";
import type { Invocation } from "../../../scripts/commands.ts";

const start = (options: Partial<Invocation<"adopt">["options"]>): Promise<number> =>
  run({
    options: { force: false, json: false, overlay: false, ...options } as Invocation<"adopt">["options"],
    word: "",
    directory: import.meta.dirname,
    processEnv: {},
    commands: new Map(),
  });

test.each([
  ["without an environment", { overlay: true }, /--overlay needs --env/],
  ["of an export", { overlay: true, env: "eu", from: "export" }, /leave --from out/],
])("an overlay %s is refused before anything is read", async (_, options, message) => {
  await expect(start(options)).rejects.toMatchObject({
    code: "USAGE",
    exitCode: 2,
    message: expect.stringMatching(message),
  });
});
