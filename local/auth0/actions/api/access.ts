import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";

export const createAccess = ({ effects, getApi }: PostLoginContext): PostLoginAPI["access"] => ({
  deny(reason) {
    effects.push({ type: "deny", reason });
    return getApi();
  },
});
