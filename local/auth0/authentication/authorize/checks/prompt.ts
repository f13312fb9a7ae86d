import { InvalidRequest } from "../../../oauth-error.ts";
import { PROMPTS, splitWords } from "../request.ts";
import type { Check } from "./check.ts";

/** OpenID Connect Core §3.1.2.1: `none` goes with no other prompt. */
export const checkPrompt: Check = ({ parameters }) => {
  const prompts = splitWords(parameters.prompt);
  const unknown = prompts.find((prompt) => !PROMPTS.some((known) => known === prompt));
  if (unknown !== undefined) throw new InvalidRequest(`Unsupported prompt: ${unknown}`);
  if (prompts.includes("none") && prompts.length > 1) {
    throw new InvalidRequest("prompt=none cannot be combined with other values");
  }
};
