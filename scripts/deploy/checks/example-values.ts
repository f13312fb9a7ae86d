import { isLoopback } from "../../../gateways/authorizer/loopback.ts";
import type { CheckContext } from "./context.ts";
import { error, type Finding } from "./finding.ts";

/** The secrets of .env.example: long enough to pass every other check, and known to whoever has read the repository. */
const EXAMPLE = /example[-_]only/;

/** Values that were copied and never replaced. On this machine they are what everybody starts with. */
export function checkExampleValues({ document, domain }: CheckContext): readonly Finding[] {
  if (isLoopback(new URL(`https://${domain}`))) return [];
  return (document.actions ?? []).flatMap((action) =>
    (action.secrets ?? [])
      .filter(({ value = "" }) => EXAMPLE.test(value))
      .map(({ name }) =>
        error("SECRET_FROM_EXAMPLE", `${action.name}: ${name} still has the value of .env.example, which is public.`),
      ),
  );
}
