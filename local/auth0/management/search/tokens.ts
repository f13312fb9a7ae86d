import { ManagementError } from "../error.ts";

type Token = { readonly type: "word" | "quoted" | "symbol"; readonly text: string };

/** A word ends at a space, a bracket or a colon, unless a backslash stands before it. */
const TOKENS = /\s*(?:"((?:[^"\\]|\\.)*)"|([()[\]{}:])|((?:[^\s()[\]{}:"\\]|\\.)+))/y;

/** The words, phrases and signs of a search, one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  /** @throws {ManagementError} 400: a quote that does not end */
  constructor(query: string) {
    this.#tokens = tokenize(query);
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw invalid();
    this.#at += 1;
    return token;
  }

  isSymbol(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.type === "symbol" && token.text === text;
  }

  isWord(text: string): boolean {
    const token = this.peek();
    return token?.type === "word" && token.text === text;
  }

  /** Takes the next token if it is this operator. */
  take(operator: string): boolean {
    const found = this.isWord(operator);
    if (found) this.#at += 1;
    return found;
  }
}

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  const text = query.trimEnd();
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < text.length) {
    const match = TOKENS.exec(text);
    if (match === null) throw invalid();
    const [, quoted, symbol, word] = match;
    if (quoted !== undefined) tokens.push({ type: "quoted", text: withoutBackslashes(quoted) });
    else if (symbol !== undefined) tokens.push({ type: "symbol", text: symbol });
    else tokens.push({ type: "word", text: word ?? "" });
  }
  return tokens;
}

export function withoutBackslashes(text: string): string {
  return text.replaceAll(/\\(.)/g, "$1");
}

export function invalid(): ManagementError {
  const message =
    "Query validation error: 'q' is not a valid search. See https://auth0.com/docs/users/search/v3/query-syntax";
  return new ManagementError(400, message, "invalid_query_string");
}
