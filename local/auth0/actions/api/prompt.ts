import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkInput, type Shape } from "./check-input.ts";
import type { JourneyContext } from "./context.ts";
import { toJson } from "./to-json.ts";

export const REDIRECT_AND_RENDER = "Redirect and render commands cannot be used in the same action.";
const MAX_OPTIONS_BYTES = 24 * 1024;

const INPUT: Shape = {
  type: "object",
  required: ["promptId"],
  properties: {
    promptId: { type: "string", maxLength: 48 },
    promptOptions: {
      type: "object",
      properties: {
        fields: { type: "object", maxProperties: 24, names: /^[a-zA-Z_][a-zA-Z0-9_]{0,49}$/ },
        vars: { type: "object", maxProperties: 24, names: /^/ },
      },
    },
  },
};

export class PromptApi {
  readonly #effects: JourneyContext<unknown>["effects"];

  constructor({ effects }: Pick<JourneyContext<unknown>, "effects">) {
    this.#effects = effects;
  }

  render(...[promptId, options]: Parameters<PostLoginAPI["prompt"]["render"]>): void {
    if (this.#effects.some(({ type }) => type === "redirect")) {
      this.#effects.push({ type: "abort", message: REDIRECT_AND_RENDER });
      return;
    }
    if (this.#effects.some(({ type }) => type === "render-prompt")) {
      this.#effects.push({ type: "abort", message: "Only 1 render command per action is allowed." });
      return;
    }
    const promptOptions = options ?? {};
    checkInput(INPUT, { promptId, promptOptions });
    if (Buffer.byteLength(JSON.stringify(promptOptions)) > MAX_OPTIONS_BYTES) {
      throw new Error(`The total size of the prompt options exceeds the limit of ${MAX_OPTIONS_BYTES} bytes.`);
    }
    const { fields, vars } = promptOptions;
    this.#effects.push({ type: "render-prompt", promptId, fields: toJson(fields), vars: toJson(vars) });
  }
}
