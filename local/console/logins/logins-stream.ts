import { html } from "hono/html";
import { describeLogin, type LoginRow, renderLoginRow } from "../runs/login-row.ts";
import type { RunRecorder } from "../runs/recorder.ts";
import type { Stream } from "../serving/page.ts";
import { ROWS } from "./logins-page.ts";

/** Milliseconds between one and the next. Logins may come by the thousand a second: nobody reads more often. */
const PAUSE = 500;

/** New logins as rows of the page's table, together with those of the same moment. */
export const createLoginsStream = (runs: RunRecorder): Stream => ({
  path: "/console/logins/events",
  async send(visit, hide, stream) {
    let last = Number(visit.query("after")) || 0;
    let timer: NodeJS.Timeout | undefined;
    let sentAt = Number.NEGATIVE_INFINITY;
    const flush = async (): Promise<void> => {
      timer = undefined;
      sentAt = performance.now();
      const count = runs.total - last;
      const rows = await html`${hide(listNewer(runs, last)).map(renderLoginRow)}`;
      last = runs.total;
      await stream.writeSSE({ event: "rows", data: JSON.stringify({ html: rows.toString(), count }) });
    };
    const stop = runs.onRecord(() => {
      timer ??= setTimeout(flush, sentAt + PAUSE - performance.now());
    });
    // A tenant that was started again counts from 1.
    if (last > runs.total) last = 0;
    if (runs.total > last) await flush();
    await stream.write(": open\n\n");
    await new Promise<void>((resolve) => stream.onAbort(resolve));
    stop();
    clearTimeout(timer);
  },
});

/** The newest first, as many as the table shows. */
function listNewer(runs: RunRecorder, last: number): readonly LoginRow[] {
  const newer: LoginRow[] = [];
  for (const seen of runs.newest()) {
    if (seen.id <= last || newer.length === ROWS) break;
    newer.push(describeLogin(seen));
  }
  return newer;
}
