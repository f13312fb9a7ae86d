import type { LogEntry } from "../../state/log-entry.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";

const DAY_QUERY = { type: "string", pattern: "^\\d{8}$", description: "Date as YYYYMMDD, inclusive." } as const;
const ACTIVE_FOR = 30 * 24 * 3_600_000;
/** Types of the tenant log. A silent login is of another type, and does not count. */
const LOGIN = "s";
const SIGN_UP = "ss";

/** From what has happened here, as far back as the log is kept. */
export const stats: Resource = ({ clock, logs, state }) => [
  endpoint({
    method: "GET",
    path: "/stats/active-users",
    scopes: ["read:stats"],
    handle: () => {
      const since = clock() - ACTIVE_FOR;
      return ok(state.users.filter(({ last_login = "" }) => Date.parse(last_login) > since).length);
    },
  }),
  endpoint({
    method: "GET",
    path: "/stats/daily",
    scopes: ["read:stats"],
    query: { from: DAY_QUERY, to: DAY_QUERY },
    handle: ({ query: { from, to } }) => {
      const isAsked = (date: string) => {
        const day = date.slice(0, 10).replaceAll("-", "");
        return (typeof from !== "string" || day >= from) && (typeof to !== "string" || day <= to);
      };
      return ok(countDays(logs.entries().filter(({ date, type }) => [LOGIN, SIGN_UP].includes(type) && isAsked(date))));
    },
  }),
];

/** Days without any are left out, as recorded. */
function countDays(entries: readonly LogEntry[]): readonly object[] {
  const days = new Set(entries.map(dayOf));
  return [...days].map((day) => {
    const ofDay = entries.filter((entry) => dayOf(entry) === day);
    return {
      date: `${day}T00:00:00.000Z`,
      created_at: ofDay[0]?.date,
      updated_at: ofDay.at(-1)?.date,
      logins: ofDay.filter(({ type }) => type === LOGIN).length,
      signups: ofDay.filter(({ type }) => type === SIGN_UP).length,
      leaked_passwords: 0,
    };
  });
}

const dayOf = ({ date }: LogEntry): string => date.slice(0, 10);
