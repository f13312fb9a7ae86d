/** A text or a partial of a login page: each has a path of its own, and the Deploy CLI asks for all of them. */
const PROMPT_PART = /^\/api\/v2\/prompts\/[^/]+\/(custom-text\/[^/]+|partials)$/;

/**
 * A fetch for one reading of a tenant. The Deploy CLI's handlers ask for the same lists one after the other: each is asked for once.
 * Of the prompts' parts those that nobody compares are not asked for at all.
 *
 * @param prompts the parts that are wanted, as `login/custom-text/en`; undefined for all
 */
export function createNeededFetch(send: typeof fetch, prompts: readonly string[] | undefined): typeof fetch {
  const answers = new Map<string, Promise<Response>>();
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if ((init?.method ?? "GET").toUpperCase() !== "GET") return send(input, init);
    if (prompts !== undefined && PROMPT_PART.test(url.pathname) && !prompts.includes(nameOf(url))) {
      return Response.json({});
    }
    const known = answers.get(url.href) ?? send(input, init);
    answers.set(url.href, known);
    return (await known).clone();
  };
}

const nameOf = ({ pathname }: URL): string => pathname.replace("/api/v2/prompts/", "");
