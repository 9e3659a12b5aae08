import { apiHostOf } from '../../../tokens/model/registries';
import type { Client } from '../../registry/client';
import type { Credential } from '../../registry/credential';
import { CouldNotAsk } from '../../registry/failure';
import { Registry } from '../../registry/registry';
import { inParallel } from '../../shared/parallel';
import { Progress } from '../../shared/progress';
import { type Beginning, begin, goOn, type Question, withoutRights } from './ask';
import { reached } from './checks';
import type { CredentialFacts, Outcome, RepositoryFacts } from './facts';
import type { Subject } from './subjects';

/** A credential that was found, and what is declared of it. */
export interface Held {
  readonly subject: Subject;
  readonly label: string;
  readonly credential: Credential;
}

const AT_ONCE = 4;

/**
 * Asks registries about credentials: each pulls first, so that the questions about other rights know which repositories exist.
 *
 * @param held the credentials
 * @param push whether push tokens push and delete something
 * @param client asks
 */
export async function gather(held: Held[], push: boolean, client: Client): Promise<CredentialFacts[]> {
  const registries = new Map<string, Registry>();
  const registryOf = ({ registry, driver }: Subject) => {
    const key = `${driver} ${registry}`;
    const known = registries.get(key) ?? new Registry(client, apiHostOf(registry), driver);
    registries.set(key, known);
    return known;
  };
  const questions = held.flatMap(({ subject, credential }): Question[] =>
    [...subject.own, ...subject.others].map((repository) => {
      return { registry: registryOf(subject), subject, credential, repository };
    }),
  );
  const progress = new Progress('asking the registry', 2 * questions.length);
  const asking = <T, R>(items: T[], ask: (item: T) => Promise<R>) =>
    inParallel(items, AT_ONCE, async (item) => {
      const answer = await ask(item);
      progress.step();
      return answer;
    });
  try {
    const begun = await asking(questions, async (question) => ({ question, beginning: await beginning(question) }));
    const there = new Set(begun.filter(({ beginning }) => pulled(beginning)).map(({ question }) => placeOf(question)));
    const answers = await asking(begun, async ({ question, beginning }) => ({
      question,
      facts: await factsOf(question, beginning, there.has(placeOf(question)), push),
    }));
    return held.map(({ subject, label, credential }) => ({
      subject,
      label,
      user: credential.user,
      repositories: answers
        .filter(({ question }) => question.subject === subject && question.credential === credential)
        .map(({ facts }) => facts),
    }));
  } finally {
    progress.end();
  }
}

async function beginning(question: Question): Promise<Beginning> {
  return begin(question).catch((error: unknown) => ({ kind: 'ended', outcome: unasked(error) }) as const);
}

async function factsOf(
  question: Question,
  beginning: Beginning,
  exists: boolean,
  push: boolean,
): Promise<RepositoryFacts> {
  const { repository } = question;
  if (beginning.kind === 'ended') return withoutRights(repository, beginning.outcome);
  return goOn(question, beginning, exists, push).catch((error: unknown) => withoutRights(repository, unasked(error)));
}

function unasked(error: unknown): Outcome {
  if (!(error instanceof CouldNotAsk)) throw error;
  return { kind: 'could not be asked', reason: error.message };
}

function pulled(beginning: Beginning): boolean {
  return beginning.kind === 'pulled' && reached(beginning);
}

function placeOf({ registry, repository }: Question): string {
  return `${registry.host}/${repository}`;
}
