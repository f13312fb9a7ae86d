import { expect, test } from "@jest/globals";
import { mergeEntry } from "../../../../scripts/deploy/kinds/handed-over/entries.ts";
import { findSpec } from "../../../../scripts/deploy/kinds/handed-over/specs.ts";

const live = {
  captcha: {
    active_provider_id: "auth_challenge",
    auth_challenge: { fail_open: false },
    hcaptcha: { site_key: "" },
    recaptcha_enterprise: { site_key: "", project_id: "" },
    arkose: { site_key: "", client_subdomain: "client-api", fail_open: false },
  },
  botDetection: { allowlist: [] },
};

test.each<[string, Record<string, unknown>, object]>([
  [
    "goes without the providers that only the tenant has: without their secrets the Deploy CLI refuses them",
    { captcha: { active_provider_id: "simple_captcha" } },
    { captcha: { active_provider_id: "simple_captcha", auth_challenge: { fail_open: false } } },
  ],
  [
    "has what the tenant has of a provider whose secret is in the file",
    { captcha: { arkose: { site_key: "a", secret: "b" } } },
    {
      captcha: {
        active_provider_id: "auth_challenge",
        auth_challenge: { fail_open: false },
        arkose: { site_key: "a", secret: "b", client_subdomain: "client-api", fail_open: false },
      },
    },
  ],
])("attack protection that is handed over %s", (_, entry, expected) => {
  expect(mergeEntry(findSpec("attack-protection")!, entry, live)).toEqual(expected);
});
