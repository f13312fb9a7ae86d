export interface CurrentToken {
  /** The newest. */
  readonly current: () => string;
  /** Sends with the newest token; what is refused as unauthenticated (401) is sent once more with a new one. */
  readonly send: typeof fetch;
}

/**
 * An access token lasts for hours, a deploy that somebody has to confirm may last longer. A request that was refused with 401
 * did nothing (RFC 6750 §3.1), so any may be sent again. However many are refused at once, one new token is asked for.
 *
 * @param first what is used from now on
 * @param requestToken gets another
 */
export function trackToken(first: string, requestToken: () => Promise<string>, send: typeof fetch): CurrentToken {
  let current = first;
  let renewal: Promise<string> | undefined;
  const renew = async (refused: string): Promise<string> => {
    if (refused !== current) return current;
    renewal ??= requestToken().finally(() => {
      renewal = undefined;
    });
    current = await renewal;
    return current;
  };
  const sendWith = (token: string, [input, init]: Parameters<typeof fetch>): Promise<Response> => {
    const headers = new Headers(init?.headers);
    headers.set("authorization", `Bearer ${token}`);
    return send(input, { ...init, headers });
  };
  return {
    current: () => current,
    async send(...request) {
      const used = current;
      const response = await sendWith(used, request);
      return response.status === 401 ? sendWith(await renew(used), request) : response;
    },
  };
}
