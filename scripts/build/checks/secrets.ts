import { error, type Finding } from "../finding.ts";
import { LIMITS } from "../limits.ts";
import type { Project } from "../project.ts";

/** Values are measured, never shown; a keyword without a value here and now is measured when it is deployed. */
export function checkSecrets({ tenant, known }: Project): readonly Finding[] {
  return (known.document.actions ?? []).flatMap((action, actionIndex) => {
    const secrets = action.secrets ?? [];
    const path = ["actions", actionIndex, "secrets"];
    const findings: Finding[] = [];
    if (secrets.length > LIMITS.secrets) {
      findings.push(
        error({
          code: "TOO_MANY_SECRETS",
          place: tenant.locate(path),
          message: `${action.name} has ${secrets.length} secrets. Put settings together into one, for example as JSON.`,
          limit: `${LIMITS.secrets} secrets`,
        }),
      );
    }
    secrets.forEach(({ name, value = "" }, index) => {
      const place = tenant.locate([...path, index, "name"]);
      if (name.length === 0 || name.length > LIMITS.secretNameLength) {
        findings.push(
          error({
            code: "SECRET_NAME_LENGTH",
            place,
            message: `A secret's name of ${action.name} has ${name.length} characters. Choose one between 1 and the limit.`,
            limit: `${LIMITS.secretNameLength} characters`,
          }),
        );
      }
      if (secrets.findIndex((other) => other.name === name) < index) {
        const message = `${action.name} has two secrets called ${name}. Remove one: which of them counts is not defined.`;
        findings.push(error({ code: "SECRET_TWICE", place, message }));
      }
      if (value.length > LIMITS.secretValueLength) {
        findings.push(
          error({
            code: "SECRET_VALUE_LENGTH",
            place: tenant.locate([...path, index, "value"]),
            message: `The value of ${name} has ${value.length} characters. Shorten it, or split it into two secrets.`,
            limit: `${LIMITS.secretValueLength} characters`,
          }),
        );
      }
    });
    return findings;
  });
}
