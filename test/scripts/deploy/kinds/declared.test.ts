import { expect, test } from "@jest/globals";
import { KINDS, type ResourceType } from "../../../../scripts/deploy/kinds/table.ts";

const TEXT = { type: ["string"] };
const closed = (properties: object) => ({ type: ["object"], properties, additionalProperties: false });
const listOf = (items: object) => ({ type: ["array"], items });

test.each<[ResourceType, object]>([
  [
    "flow",
    closed({
      "post-login": listOf(closed({ action_name: TEXT, display_name: TEXT })),
      "send-phone-message": listOf(closed({ action_name: TEXT, display_name: TEXT })),
    }),
  ],
  [
    "role",
    closed({
      permissions: listOf(
        closed({
          permission_name: TEXT,
          resource_server_identifier: TEXT,
          resource_server_name: TEXT,
          description: TEXT,
        }),
      ),
    }),
  ],
  [
    "tenant",
    closed({
      universal_login: closed({
        colors: closed({ primary: TEXT, page_background: { type: ["string", "object"] } }),
        passwordless: { type: ["object"] },
      }),
      flags: closed({ use_scope_descriptions_for_consent: { type: ["boolean"] } }),
    }),
  ],
])("the fields of a %s that the SDK's types lack are declared here", (type, fields) => {
  expect(KINDS.find((kind) => kind.type === type)?.declared?.listAdded?.(["post-login", "send-phone-message"])).toEqual(
    fields,
  );
});
