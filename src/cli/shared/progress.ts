import { longestWait } from './waiting';

const CLEAR = '\r\x1b[K';
/** A person waits so long before they ask themselves what for. */
const PATIENCE_MILLISECONDS = 2000;
const LOOK_MILLISECONDS = 500;

/** The line on stderr now: of a progress, or of something that takes long. */
let shown: string | undefined;
const running = new Set<Progress>();

/** Progress on stderr, for a person at a terminal; a file or a pipe gets none. */
export class Progress {
  private done = 0;
  private now = '';

  /**
   * @param what the name of the work
   * @param total the number of its steps
   */
  public constructor(
    private readonly what: string,
    private readonly total: number,
  ) {
    running.add(this);
    this.show();
  }

  /** Counts one more step. */
  public step(): void {
    this.done += 1;
    this.show();
  }

  /** Says what happens now. */
  public say(text: string): void {
    this.now = `, ${text}`;
    this.show();
  }

  /** Removes the line. */
  public end(): void {
    running.delete(this);
    clearLine();
  }

  private show(): void {
    if (running.has(this)) draw(`${this.what}: ${this.done} of ${this.total}${this.now}`);
  }
}

/**
 * Says what a command waits for, once it takes more than two seconds and no progress says it.
 *
 * @returns ends it
 */
export function showWaits(): () => void {
  if (!process.stderr.isTTY) return () => undefined;
  const timer = setInterval(() => {
    if (running.size > 0) return;
    const what = longestWait(PATIENCE_MILLISECONDS);
    // Drawn once, as a login may talk to the user on the same terminal.
    if (what !== undefined && shown === undefined) draw(`waiting for ${what}`);
    if (what === undefined) clearLine();
  }, LOOK_MILLISECONDS);
  return () => {
    clearInterval(timer);
    clearLine();
  };
}

/** Removes the line, so that another text can take its place. */
export function clearLine(): void {
  if (shown !== undefined) process.stderr.write(CLEAR);
  shown = undefined;
}

function draw(line: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`${CLEAR}${line}`);
  shown = line;
}
