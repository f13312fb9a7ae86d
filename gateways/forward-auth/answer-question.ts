import type { IncomingMessage, ServerResponse } from "node:http";
import type { Gateway } from "../open-gateway.ts";
import { type Answer, incompleteAnswer, renderAnswer } from "./answer.ts";
import type { Metrics } from "./metrics.ts";
import { type Question, readQuestion } from "./question.ts";

/** @returns whether it was a question; what was none is left as it was */
export type AnswerQuestion = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** Answers what proxies ask, on Node's own request and response: any layer in between would cost more than the decision. */
export function createAnswerQuestion(
  gateway: Pick<Gateway, "authorize">,
  metrics: Pick<Metrics, "count">,
): AnswerQuestion {
  const decide = async ({ request, understands }: Extract<Question, { kind: "question" }>): Promise<Answer> => {
    const start = performance.now();
    const decision = await gateway.authorize(request);
    metrics.count(decision, (performance.now() - start) / 1000);
    return renderAnswer(decision, understands);
  };
  return (incoming, outgoing) => {
    const question = readQuestion(incoming);
    if (question === undefined) return false;
    if (question.kind === "incomplete") send(outgoing, incompleteAnswer);
    else
      decide(question).then(
        (answer) => send(outgoing, answer),
        // Not foreseen: whoever asked must not take silence for a yes.
        () => outgoing.writeHead(500).end(),
      );
    return true;
  };
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  outgoing.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}
