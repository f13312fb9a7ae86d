import { webcrypto } from "node:crypto";
import { createContext, runInContext } from "node:vm";
import type { Browser } from "../../local/http/browser.ts";

export interface SpaWindow {
  /** Puts what a script finds in its window into the global scope; the function takes it away again. */
  install(): () => void;
  /** How often a frame was opened. */
  readonly frames: readonly string[];
}

class MemoryStorage {
  readonly #values = new Map<string, string>();
  get length(): number {
    return this.#values.size;
  }
  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }
  getItem(name: string): string | null {
    return this.#values.get(name) ?? null;
  }
  setItem(name: string, value: string): void {
    this.#values.set(name, value);
  }
  removeItem(name: string): void {
    this.#values.delete(name);
  }
}

/**
 * As much of a browser as auth0-spa-js needs, and as strict where it counts: an answer of another origin is kept from the
 * script unless CORS allows it, a frame is kept empty if the page forbids framing, the scripts of a framed page run, and a
 * message arrives only at the origin it was posted to.
 */
export function createSpaWindow(origin: string, browser: Browser, trusting: typeof fetch): SpaWindow {
  const listeners = new Set<(event: unknown) => void>();
  const frames: string[] = [];

  const openFrame = async (source: string): Promise<void> => {
    frames.push(source);
    const page = await browser.open(source);
    const policy = String(page.headers["content-security-policy"] ?? "");
    if (page.headers["x-frame-options"] !== undefined || policy.includes("frame-ancestors")) return;
    const parent = {
      postMessage: (data: unknown, targetOrigin: string) => {
        if (targetOrigin !== origin) return;
        const event = { data: structuredClone(data), origin: page.url.origin, source: { close: () => {} } };
        for (const listener of listeners) listener(event);
      },
    };
    for (const [, nonce, script = ""] of page.text.matchAll(/<script(?: nonce="([^"]*)")?>([\s\S]*?)<\/script>/g)) {
      if (policy.includes(`'nonce-${nonce}'`)) runInContext(script, createContext({ opener: null, parent }));
    }
  };

  const fetchAcrossOrigins: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const headers = new Headers(request.headers);
    headers.set("origin", origin);
    const body = request.method === "GET" ? null : await request.text();
    const response = await trusting(request.url, { method: request.method, headers, body });
    if (response.headers.get("access-control-allow-origin") === origin) return response;
    throw new TypeError("Failed to fetch");
  };

  const cookies = new Map<string, string>();
  const document = {
    get cookie(): string {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    },
    set cookie(text: string) {
      const [pair = "", ...attributes] = text.split("; ");
      const [name = "", value = ""] = pair.split("=");
      const expires = attributes.find((attribute) => attribute.toLowerCase().startsWith("expires="))?.slice(8);
      if (expires !== undefined && Date.parse(expires) <= Date.now()) cookies.delete(name);
      else cookies.set(name, value);
    },
    body: { appendChild: () => {}, removeChild: () => {}, contains: () => false },
    createElement: () => ({
      style: {},
      setAttribute: (name: string, value: string) => {
        if (name === "src") void openFrame(value);
      },
    }),
  };
  const window = {
    document,
    location: { origin, href: `${origin}/`, pathname: "/", search: "", protocol: "http:" },
    navigator: { userAgent: "Test" },
    history: { replaceState: () => {} },
    crypto: webcrypto,
    sessionStorage: new MemoryStorage(),
    localStorage: new MemoryStorage(),
    fetch: fetchAcrossOrigins,
    addEventListener: (type: string, listener: (event: unknown) => void) => {
      if (type === "message") listeners.add(listener);
    },
    removeEventListener: (_type: string, listener: (event: unknown) => void) => listeners.delete(listener),
    btoa,
    atob,
  };

  return {
    frames,
    install() {
      const scope = globalThis as Record<string, unknown>;
      const startTimer = globalThis.setTimeout;
      const timers = new Set<NodeJS.Timeout>();
      const trackedTimeout = (run: () => void, delay?: number) => {
        const timer = startTimer(run, delay);
        timers.add(timer);
        return timer;
      };
      const names = { ...window, window, setTimeout: trackedTimeout };
      const former = Object.keys(names).map((name) => [name, Object.getOwnPropertyDescriptor(scope, name)] as const);
      for (const [name, value] of Object.entries(names)) {
        Object.defineProperty(scope, name, { value, configurable: true, writable: true });
      }
      return () => {
        // The script clears its frames away seconds later, when the window is gone.
        for (const timer of timers) clearTimeout(timer);
        for (const [name, descriptor] of former) {
          if (descriptor === undefined) delete scope[name];
          else Object.defineProperty(scope, name, descriptor);
        }
      };
    },
  };
}
