import type { Event } from "@auth0/actions/post-login/v3";
import { createPostLoginApi, type PostLoginApiOptions } from "../../../local/auth0/actions/api/post-login.ts";
import { startTransaction } from "../../../local/auth0/actions/api/transaction.ts";
import { buildEvent, NOW } from "./event.ts";

/** `transaction`: as earlier Actions of the run have left it. */
export type ApiOptions = Partial<Omit<PostLoginApiOptions, "event">>;

/** The tenant's own api object around an event, at a time that stands still. */
export const buildApi = (event: Event = buildEvent(), options: ApiOptions = {}) => {
  const transaction = options.transaction ?? startTransaction(event);
  return { event, transaction, ...createPostLoginApi({ now: () => NOW, ...options, event, transaction }) };
};
