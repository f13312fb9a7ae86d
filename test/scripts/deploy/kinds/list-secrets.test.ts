import { expect, test } from "@jest/globals";
import { listTexts } from "../../../../scripts/deploy/compare/secrets.ts";
import { KINDS } from "../../../../scripts/deploy/kinds/table.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { OF_THE_ENVIRONMENT, PLANTED, sectionOf, WITHOUT_SECRETS } from "../../../support/planted-secrets.ts";

test("every kind has secrets here, or is known to have none", () => {
  const named = [...new Set(PLANTED.map(({ type }) => type)), ...WITHOUT_SECRETS, ...OF_THE_ENVIRONMENT];
  expect([...named].sort()).toEqual(KINDS.map(({ type }) => type as string).sort());
});

test.each(PLANTED)("a secret is known to the redactor, though it does not come by a keyword: $type", (row) => {
  const document = { [row.section]: sectionOf(row) } as TenantDocument;
  const texts = KINDS.flatMap((kind) => kind.listSecrets?.(document) ?? []).flatMap(listTexts);
  expect([...texts].sort()).toEqual([...row.secrets].sort());
});
