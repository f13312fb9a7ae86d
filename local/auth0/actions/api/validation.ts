import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkInput, type Shape } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";

const INPUT: Shape = {
  type: "object",
  required: ["errorCode", "errorMessage"],
  properties: { errorCode: { type: "string", maxLength: 100 }, errorMessage: { type: "string", maxLength: 100 } },
};

export class ValidationApi {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    this.#context = context;
  }

  error(errorCode: string, errorMessage: string): PostLoginAPI {
    checkInput(INPUT, { errorCode, errorMessage });
    this.#context.effects.push({ type: "validation-error", code: errorCode, message: errorMessage });
    return this.#context.getApi();
  }
}
