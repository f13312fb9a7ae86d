import type { Mail, PhoneMessage } from "../../auth0/actions/mail.ts";
import { isoTime } from "../../auth0/timestamps.ts";
import { type Clock, systemClock } from "../../clock.ts";

export interface ReceivedMessage {
  readonly at: string;
  /** An address, or a number. */
  readonly to: string;
  readonly subject: string;
  /** With a link or a code in it: that is what a mailbox is for. */
  readonly text: string;
}

export interface Mailbox {
  receive(message: Mail | PhoneMessage): void;
  /** The newest first. */
  list(): readonly ReceivedMessage[];
}

/** In memory alone: codes and links are not kept longer than the process. */
export const KEPT_MESSAGES = 100;

export function createMailbox(clock: Clock = systemClock): Mailbox {
  let messages: readonly ReceivedMessage[] = [];
  return {
    receive(message) {
      const subject = "subject" in message ? message.subject : "Text message";
      const received = { at: isoTime(clock()), to: message.to, subject, text: message.text };
      messages = [received, ...messages.slice(0, KEPT_MESSAGES - 1)];
    },
    list: () => messages,
  };
}
