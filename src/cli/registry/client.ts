import { setTimeout as sleep } from 'node:timers/promises';
import { waitingFor } from '../shared/waiting';
import { CouldNotAsk, failureOf, secondsOf } from './failure';

/** The parts of a request beside the address. */
export interface Asked {
  /** @default GET */
  readonly method?: string;
  /** @default - none */
  readonly headers?: { readonly [name: string]: string };
  /** @default - none */
  readonly body?: string;
  /**
   * Whether it goes on at an early end: what it takes away would else be left in the registry.
   *
   * @default false
   */
  readonly finishes?: boolean;
  /**
   * Whether another host may answer, over HTTPS: it gets no credential.
   *
   * @default false
   */
  readonly elsewhere?: boolean;
}

/** A server's answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const ANSWER_SECONDS = 10;
const LIMIT_BYTES = 16 * 1024 * 1024;
const TRIES = 3;
const WAITS = 3;
const LONGEST_WAIT_SECONDS = 60;
const REDIRECTS = 3;

/**
 * Asks over HTTPS: with a limit on time and size, again after a failure of the other side, after the wait that it demands, and never
 * another host with a credential. It asks a host that gave no answer only once.
 */
export class Client {
  private readonly lost = new Map<string, CouldNotAsk>();

  /**
   * @param signal ends it early
   * @param pause waits some milliseconds
   */
  public constructor(
    private readonly signal: AbortSignal = new AbortController().signal,
    private readonly pause = (milliseconds: number): Promise<unknown> => sleep(milliseconds, undefined, { signal }),
  ) {}

  /**
   * Asks.
   *
   * @param url the address
   * @param asked the rest of the request
   * @throws CouldNotAsk when no server answers, or only one in trouble; at an early end its reason
   */
  public async ask(url: URL, asked: Asked = {}): Promise<Answer> {
    try {
      return await waitingFor(`an answer of ${url.host}`, this.follow(url, asked));
    } catch (error) {
      if (!asked.finishes) this.signal.throwIfAborted();
      throw error;
    }
  }

  private async follow(url: URL, asked: Asked): Promise<Answer> {
    let from = url;
    let request = asked;
    for (let redirects = 0; redirects <= REDIRECTS; redirects++) {
      const answer = await this.patiently(from, request);
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
      if (location === null) return answer;
      const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
      const leaves = to?.origin !== from.origin;
      if (to === undefined || asked.body !== undefined || (leaves && !mayLeave(to, asked))) {
        throw new CouldNotAsk(`${url.host} redirects to another host, where no credential is sent`);
      }
      if (leaves) request = withoutCredential(request);
      from = to;
    }
    throw new CouldNotAsk(`${url.host} redirects more than ${REDIRECTS} times`);
  }

  private async patiently(url: URL, asked: Asked): Promise<Answer> {
    let waits = 0;
    for (let tries = 1; ; ) {
      const lost = this.lost.get(url.host);
      if (lost) throw lost;
      if (!asked.finishes) this.signal.throwIfAborted();
      const answer = await once(url, asked, this.signal).catch((error: unknown) => {
        if (error instanceof CouldNotAsk) throw error;
        return failureOf(url.host, error);
      });
      if (answer instanceof CouldNotAsk) {
        if (tries === TRIES) this.lose(url.host, answer);
      } else if (answer.status === 429) {
        const seconds = secondsOf(answer.headers.get('retry-after'), new Date()) ?? 2 ** waits;
        if (seconds > LONGEST_WAIT_SECONDS || waits === WAITS) this.lose(url.host, tooMany(url.host, seconds));
        waits += 1;
        await this.pause(seconds * 1000);
        continue;
      } else if (answer.status < 500) {
        return answer;
      } else if (tries === TRIES) {
        throw new CouldNotAsk(`${url.host} is in trouble: it answers ${answer.status}`);
      }
      await this.pause(250 * 2 ** tries);
      tries += 1;
    }
  }

  private lose(host: string, why: CouldNotAsk): never {
    this.lost.set(host, why);
    throw why;
  }
}

function mayLeave(to: URL, { elsewhere = false }: Asked): boolean {
  return elsewhere && to.protocol === 'https:' && to.username === '' && to.password === '';
}

function withoutCredential({ headers = {}, ...asked }: Asked): Asked {
  const { authorization: _, ...others } = headers;
  return { ...asked, headers: others };
}

function tooMany(host: string, seconds: number): CouldNotAsk {
  const wait = Math.ceil(seconds);
  return new CouldNotAsk(`${host} is asked too often (429): ask again in ${wait} s`);
}

async function once(
  url: URL,
  { method = 'GET', headers = {}, body, finishes }: Asked,
  end: AbortSignal,
): Promise<Answer> {
  const limit = AbortSignal.timeout(ANSWER_SECONDS * 1000);
  const signal = finishes ? limit : AbortSignal.any([limit, end]);
  const response = await fetch(url, { method, headers, body, redirect: 'manual', signal });
  return { status: response.status, headers: response.headers, body: await textOf(url.host, response) };
}

async function textOf(host: string, { body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LIMIT_BYTES) throw new CouldNotAsk(`${host} answers with more than ${LIMIT_BYTES / 1024 / 1024} MiB`);
  }
  return Buffer.concat(chunks).toString();
}
