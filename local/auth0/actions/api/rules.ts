/** Rules that ran before, by id. */
export class RulesApi {
  readonly #executed: readonly string[];

  constructor(executed: readonly string[]) {
    this.#executed = executed;
  }

  wasExecuted(ruleId: string): boolean {
    return this.#executed.includes(ruleId);
  }
}
