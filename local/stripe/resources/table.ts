import type { Account } from "../account.ts";
import type { Operation } from "../operation.ts";
import { createCustomers } from "./customers.ts";

/** What this account answers. A new resource is a file beside this one and a row here. */
export const resources: readonly ((account: Account) => readonly Operation[])[] = [createCustomers];
