import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkInput, type Shape } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";

const input: Shape = {
  type: "object",
  required: ["errorCode", "errorMessage"],
  properties: { errorCode: { type: "string", maxLength: 100 }, errorMessage: { type: "string", maxLength: 100 } },
};

export const createValidation = ({ effects, getApi }: PostLoginContext): PostLoginAPI["validation"] => ({
  error(errorCode, errorMessage) {
    checkInput(input, { errorCode, errorMessage });
    effects.push({ type: "validation-error", code: errorCode, message: errorMessage });
    return getApi();
  },
});
