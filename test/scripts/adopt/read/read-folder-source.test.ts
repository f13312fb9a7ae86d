import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFolderSource } from "../../../../scripts/adopt/read/read-folder-source.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "former-export-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("an export of former years is adopted with the names that Auth0 has by now", async () => {
  writeFileSync(
    join(folder, "tenant.yaml"),
    `clients:
- name: Till
  cross_origin_auth: true
- name: Van
  oidc_backchannel_logout:
    backchannel_logout_urls: []
- name: Web
  cross_origin_auth: true
  cross_origin_authentication: false
`,
  );
  const { sections } = await readFolderSource(folder, ["clients"], undefined);
  expect(sections).toEqual({
    clients: [
      { name: "Till", cross_origin_authentication: true },
      { name: "Van", oidc_logout: { backchannel_logout_urls: [] } },
      { name: "Web", cross_origin_authentication: false },
    ],
  });
});
