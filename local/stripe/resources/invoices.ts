import type { Account } from "../account.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { renderPage } from "../pages.ts";
import { openInvoiceCalls } from "./invoice-calls.ts";
import {
  createParameters,
  finalizeParameters,
  lineParameters,
  listParameters,
  payParameters,
  retrieveParameters,
} from "./invoice-parameters.ts";

const URL = "/v1/invoices";
const READ = "rak_invoice_read";
const WRITE = "rak_invoice_write";

export function createInvoices(account: Account): Operation[] {
  const calls = openInvoiceCalls(account);
  return [
    defineOperation({ method: "POST", route: URL, permission: WRITE, parameters: createParameters, run: calls.create }),
    defineOperation({ method: "GET", route: URL, permission: READ, parameters: listParameters, run: calls.list }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: READ,
      parameters: retrieveParameters,
      run: (_parameters, id) => calls.get(id),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id/lines`,
      permission: READ,
      parameters: lineParameters,
      run: (page, id) => renderPage(calls.get(id).lines.data, page, { kind: "line item", url: `${URL}/${id}/lines` }),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/finalize`,
      permission: WRITE,
      parameters: finalizeParameters,
      run: (_parameters, id) => calls.finalize(id),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/pay`,
      permission: WRITE,
      parameters: payParameters,
      run: calls.pay,
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/void`,
      permission: WRITE,
      parameters: retrieveParameters,
      run: (_parameters, id) => calls.void(id),
    }),
  ];
}
