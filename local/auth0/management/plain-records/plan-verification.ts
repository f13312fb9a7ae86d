import { randomUUID } from "node:crypto";
import { randomAlphanumeric } from "../../ids.ts";
import type { Fields } from "./fields.ts";

/**
 * What the owner of a custom domain must enter in its zone: as terraform-provider-auth0 recorded it, with names that lead
 * nowhere.
 *
 * @param fields of a new custom domain: `domain` and `type`
 */
export function planVerification({ domain, type }: Fields): Fields {
  const method =
    type === "self_managed_certs"
      ? { name: "TXT", record: randomUUID(), domain: `_cf-custom-hostname.${domain}` }
      : { name: "CNAME", record: `local-cd-${randomAlphanumeric(16).toLowerCase()}.edge.tenants.auth0.com`, domain };
  return { verification: { methods: [method] } };
}
