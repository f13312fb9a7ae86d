import type { FormMap } from "./form.ts";
import type { Permission } from "./keys.ts";
import { type Parsed, parseParameters, type Schema } from "./parameters.ts";

type Method = "GET" | "POST" | "DELETE";

/** One call of the API. A resource is a list of these. */
export interface Operation {
  readonly method: Method;
  /** A hono route, e.g. `/v1/customers/:id`. */
  readonly route: string;
  readonly permission: Permission;
  /**
   * Checks the parameters and returns the work. A failure here is not stored under an idempotency key, one of the work
   * is: Stripe stores from where the endpoint begins to execute.
   */
  prepare(form: FormMap, id: string): () => object;
}

interface Definition<S extends Schema> {
  readonly method: Method;
  readonly route: string;
  readonly permission: Permission;
  readonly parameters: S;
  /** `id` is the one in the path, or empty. */
  readonly run: (parameters: Parsed<S>, id: string) => object;
}

export function defineOperation<S extends Schema>(definition: Definition<S>): Operation {
  const { method, route, permission, parameters, run } = definition;
  return {
    method,
    route,
    permission,
    prepare(form, id) {
      const parsed = parseParameters(parameters, form);
      return () => run(parsed, id);
    },
  };
}
