import type { Account } from "../account.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { openSubscriptionCalls } from "./subscription-calls.ts";
import {
  cancelParameters,
  createParameters,
  itemParameters,
  listParameters,
  retrieveParameters,
  updateParameters,
} from "./subscription-parameters.ts";

const READ = "rak_subscription_read";
const WRITE = "rak_subscription_write";

export function createSubscriptions(account: Account): Operation[] {
  const calls = openSubscriptionCalls(account);
  const url = "/v1/subscriptions";
  const one = `${url}/:id`;
  return [
    defineOperation({
      method: "POST",
      route: url,
      permission: WRITE,
      parameters: createParameters,
      run: calls.create,
    }),
    defineOperation({
      method: "GET",
      route: url,
      permission: READ,
      parameters: listParameters,
      run: calls.list,
    }),
    defineOperation({
      method: "GET",
      route: one,
      permission: READ,
      parameters: retrieveParameters,
      run: (_parameters, id) => calls.get(id),
    }),
    defineOperation({
      method: "POST",
      route: one,
      permission: WRITE,
      parameters: updateParameters,
      run: calls.update,
    }),
    defineOperation({
      method: "DELETE",
      route: one,
      permission: WRITE,
      parameters: cancelParameters,
      run: (_parameters, id) => calls.cancel(id),
    }),
    defineOperation({
      method: "GET",
      route: "/v1/subscription_items",
      permission: READ,
      parameters: itemParameters,
      run: calls.listItems,
    }),
  ];
}
