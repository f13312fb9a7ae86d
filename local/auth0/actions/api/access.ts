import type { JourneyContext } from "./context.ts";

export class AccessApi<Api> {
  readonly #context: JourneyContext<Api>;

  constructor(context: JourneyContext<Api>) {
    this.#context = context;
  }

  deny(reason: string): Api {
    this.#context.effects.push({ type: "deny", reason });
    return this.#context.getApi();
  }
}
