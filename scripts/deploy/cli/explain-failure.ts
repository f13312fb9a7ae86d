import { CommandError, usageError } from "../../command.ts";
import type { ErrorCode } from "../../error-codes.ts";
import type { CliFailure } from "./messages.ts";

/** What to do about the failures of the Deploy CLI that have a known cause, by the Management API's texts. */
const KNOWN: readonly { readonly code: ErrorCode; readonly matches: RegExp; readonly advice: string }[] = [
  {
    code: "DEPLOY_SCOPE_MISSING",
    matches: /Insufficient scope/i,
    advice:
      "Add that scope to the deploying application (Auth0 dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications), then try again.",
  },
  {
    code: "DEPLOY_REFUSED",
    matches: /Payload validation error|Schema validation failed/i,
    advice: "Correct that property in tenant.yaml, then deploy again.",
  },
  {
    code: "DEPLOY_BUILD_PENDING",
    matches: /must be in the 'built' state/i,
    advice:
      "Auth0 did not finish building that Action. A dependency that cannot be installed at its version is the usual reason: the Action's page in the dashboard says which.",
  },
  {
    code: "DEPLOY_RATE_LIMITED",
    matches: /limit has been reached|Too Many Requests/i,
    advice:
      "The tenant's rate limit held for minutes. Wait until nothing else uses its Management API, then try again.",
  },
  {
    code: "TENANT_UNREADABLE",
    matches: /not an answer of Auth0's Management API/,
    advice: "Deploy again when the tenant answers.",
  },
  {
    code: "DEPLOY_CONNECTION_LOST",
    matches: /fetch failed|ECONNREFUSED|ECONNRESET|timed out|terminated/i,
    advice: "The tenant stopped answering. Deploy again when it answers.",
  },
];

/** Causes that a request that only reads may have as well, with the same advice. */
const OF_READING: readonly ErrorCode[] = ["DEPLOY_SCOPE_MISSING", "DEPLOY_RATE_LIMITED"];

/** Pure. Of a failure without secrets: the CLI may repeat what it was given. */
export function explainFailure(failure: CliFailure): CommandError {
  const place = failure.type === undefined ? "" : ` at ${failure.type}`;
  const cause = KNOWN.find(({ matches }) => matches.test(failure.message));
  const advice = cause?.advice ?? "Deploy again when the cause is removed.";
  return new CommandError(
    cause?.code ?? "DEPLOY_FAILED",
    `The deploy failed${place}:\n${indent(shortenAnswer(failure.message))}\n${advice}`,
  );
}

/** Pure. The same, of a Deploy CLI that only read. */
export function explainUnreadable(failure: CliFailure): CommandError {
  const cause = KNOWN.find(({ code, matches }) => OF_READING.includes(code) && matches.test(failure.message));
  return new CommandError(
    cause?.code ?? "TENANT_UNREADABLE",
    `The tenant could not be read:\n${indent(shortenAnswer(failure.message))}\n${cause?.advice ?? "Try again when it answers."}`,
  );
}

/** Pure. The same, of a Deploy CLI that only loaded a folder. */
export function explainUnloadable({ message }: CliFailure): CommandError {
  return usageError("ADOPT_SOURCE_UNKNOWN", `The Deploy CLI cannot load it: ${message.trim()}`);
}

/** The SDK's messages end in a dump of the answer; the sentence in it is what helps. */
export function shortenAnswer(message: string): string {
  return message.replace(
    /(?:^\w*Error\s+)?Status code: (\d+)\s+Body: (\{[\s\S]*\})\s*$/,
    (dump, status: string, body: string) => {
      const sentence = /"(?:message|error_description)": "((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
      return sentence === undefined ? dump : `${status} ${sentence}`;
    },
  );
}

const indent = (text: string): string => text.replace(/^/gm, "  ");
