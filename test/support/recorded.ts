import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant, LocalTenantOptions } from "../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "./local-tenant.ts";

/**
 * What real tenants answered in August 2026, in the public recordings of auth0-deploy-cli: status, envelope and the names
 * of the fields. `always` was in every recorded answer, `sometimes` in some; a name that is in neither is an invention.
 */
export interface Row {
  readonly call: `${"GET" | "POST" | "PATCH" | "PUT" | "DELETE"} ${string}`;
  /** Values that later rows put in the place of `{name}`. */
  readonly keep?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status: number;
  /** `one`: the record itself. `list`: a bare array. Else the fields beside the one that holds the rows, which is last. */
  readonly envelope: "none" | "one" | "list" | readonly string[];
  readonly always?: string;
  readonly sometimes?: string;
}

/** A walk: each row goes on from what the rows before it made. */
export function describeRecorded(name: string, rows: readonly Row[], options: Partial<LocalTenantOptions> = {}): void {
  describe(name, () => {
    let tenant: LocalTenant;
    let token: string;
    const kept = new Map<string, string>();
    beforeAll(async () => {
      tenant = await startTestTenant(options);
      token = await managementToken(tenant);
    });
    afterAll(() => tenant.close());

    const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => kept.get(name) ?? whole);

    test.each(rows)("$call answers $status", async (row) => {
      const [method = "", path = ""] = row.call.split(" ");
      const body = row.body === undefined ? {} : { body: JSON.parse(fill(JSON.stringify(row.body))) as unknown };
      const answer = await call(tenant, fill(`/api/v2${path}`), { method, token, ...body });

      expect({ status: answer.status, body: answer.body }).toMatchObject({ status: row.status });
      for (const [name, at] of Object.entries(row.keep ?? {})) {
        kept.set(
          name,
          String(at.split(".").reduce((value, key) => (value as Record<string, unknown>)[key], answer.body)),
        );
      }
      const rows = unwrap(answer.body, row.envelope);
      const always = words(row.always);
      const known = new Set([...always, ...words(row.sometimes)]);
      if (always.length > 0) expect(rows).not.toEqual([]);
      for (const fields of rows.map(Object.keys)) {
        expect(fields).toEqual(expect.arrayContaining(always));
        expect(fields.filter((field) => !known.has(field))).toEqual([]);
      }
    });
  });
}

const words = (text = "") => text.split(" ").filter(Boolean);

function unwrap(body: unknown, envelope: Row["envelope"]): readonly object[] {
  if (envelope === "none") {
    expect(body).toBe("");
    return [];
  }
  if (envelope === "one") {
    expect(Array.isArray(body)).toBe(false);
    return [body as object];
  }
  if (envelope === "list") {
    expect(Array.isArray(body)).toBe(true);
    return body as object[];
  }
  expect(Object.keys(body as object).sort()).toEqual([...envelope].sort());
  return (body as Record<string, object[]>)[envelope.at(-1) ?? ""] ?? [];
}
